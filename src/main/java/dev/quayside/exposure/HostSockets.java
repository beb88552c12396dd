package dev.quayside.exposure;

import dev.quayside.engine.PortBinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what listens on this machine's own network, whoever it is: processes that are no
 * containers, such as a stack's agent, included. Only for an engine of this machine.
 */
public final class HostSockets {

  private static final Pattern BRIDGE = Pattern.compile("br-[0-9a-f]{12}");

  private final Path root;

  /** Reads below {@code root}, which is {@code /} but in tests. */
  public HostSockets(Path root) {
    this.root = root;
  }

  /** Returns the TCP sockets that listen on {@code port}; null where the kernel tells none. */
  public @Nullable List<PortBinding> on(int port) {
    return on(port, "tcp");
  }

  /** Returns the sockets of {@code protocol}, the same way. */
  @Nullable List<PortBinding> on(int port, String protocol) {
    List<PortBinding> found = new ArrayList<>();
    boolean read = false;
    try {
      for (String table : List.of(protocol, protocol + "6")) {
        Path file = root.resolve("proc/self/net").resolve(table);
        if (!Files.exists(file)) {
          continue;
        }
        read = true;
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
          PortBinding socket = SocketTable.socket(line, protocol, null);
          if (socket != null && socket.published() == port && !found.contains(socket)) {
            found.add(socket);
          }
        }
      }
      return read ? found : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  /**
   * Judges a listener of this machine. An address on a bridge of the engine is reached by
   * containers and by this machine.
   */
  static Exposure judge(PortBinding socket) {
    Exposure exposure = Exposure.of(socket.hostAddress());
    return exposure == Exposure.LAN && onBridge(String.valueOf(socket.hostAddress()))
        ? Exposure.INTERNAL
        : exposure;
  }

  /**
   * Returns whether a device has the name that the engine gives to its bridges: the first twelve
   * digits of the network's id (moby, {@code libnetwork/drivers/bridge}). One that was given
   * another name counts as anybody's.
   */
  static boolean ofEngine(String device) {
    return device.equals("docker0") || BRIDGE.matcher(device).matches();
  }

  private static boolean onBridge(String literal) {
    AddressLiteral address = AddressLiteral.parse(literal);
    if (address == null || address.wildcard()) {
      return false;
    }
    try {
      NetworkInterface device =
          NetworkInterface.getByInetAddress(InetAddress.getByAddress(address.toBytes()));
      return device != null && ofEngine(device.getName());
    } catch (UnknownHostException | SocketException unknown) {
      return false;
    }
  }
}
