package dev.quayside.ui.control;

import dev.quayside.common.Messages;
import dev.quayside.engine.PortBinding;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes ports for people, and the address under which a browser finds one. */
public final class PortTexts {

  private static final int SHOWN = 1;

  private PortTexts() {}

  /** Returns one line: the widest exposed ports first, and how many more there are. */
  public static String brief(Messages messages, List<ExposedPort> ports) {
    List<String> texts =
        ports.stream().sorted(PortTexts::widestFirst).map(PortTexts::address).distinct().toList();
    String first = texts.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return texts.size() <= SHOWN ? first : messages.get("ports.more", first, texts.size() - SHOWN);
  }

  /** Returns one line for each port, with its container port, protocol and exposure. */
  public static String full(Messages messages, List<ExposedPort> ports) {
    return ports.stream()
        .map(port ->
            messages.get(
                "ports.line",
                address(port),
                Integer.toString(port.binding().containerPort()),
                port.binding().protocol(),
                ExposurePill.word(messages, port.exposure())))
        .collect(Collectors.joining("\n"));
  }

  /** Returns one line: where the ports will be as soon as the service runs. */
  public static String whenStarted(Messages messages, List<ExposedPort> ports) {
    return messages.get(
        "ports.when-started",
        ports.stream().map(PortTexts::address).distinct().collect(Collectors.joining(", ")));
  }

  /**
   * Returns where the port is: {@code 127.0.0.1:3000}, {@code [::]:80}, or only the number where it
   * is not bound.
   */
  public static String address(ExposedPort port) {
    PortBinding binding = port.binding();
    String address = binding.hostAddress();
    if (binding.hostPort().isEmpty()) {
      return Integer.toString(binding.containerPort());
    }
    int number = binding.hostPort().getAsInt();
    return address == null ? Integer.toString(number) : bracketed(address) + ":" + number;
  }

  /**
   * Returns the address for a browser on this machine; null for a port that a browser cannot open
   * from here.
   */
  public static @Nullable String url(ExposedPort port) {
    PortBinding binding = port.binding();
    if (binding.hostPort().isEmpty() || !binding.protocol().equals("tcp")) {
      return null;
    }
    String address = binding.hostAddress();
    int number = binding.hostPort().getAsInt();
    String host =
        address == null || address.isEmpty() || address.equals("0.0.0.0")
            ? "127.0.0.1"
            : address.equals("::") ? "[::1]" : bracketed(address);
    return (number == 443 || number == 8443 ? "https://" : "http://") + host + ":" + number + "/";
  }

  private static String bracketed(String address) {
    return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
  }

  private static int widestFirst(ExposedPort left, ExposedPort right) {
    return Integer.compare(rank(left.exposure()), rank(right.exposure()));
  }

  /** Returns 0 for the widest exposure, more for narrower ones. */
  public static int rank(Exposure exposure) {
    return switch (exposure) {
      case LAN -> 0;
      case UNKNOWN -> 1;
      case LOOPBACK -> 2;
      case INTERNAL -> 3;
      case NONE -> 4;
    };
  }
}
