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
import org.jspecify.annotations.Nullable;

/**
 * Tells what listens on this machine's own network, whoever it is: processes that are no
 * containers, such as a stack's agent, included. Only for an engine of this machine.
 */
public final class HostSockets {

  private final Path root;

  /** Reads below {@code root}, which is {@code /} but in tests. */
  public HostSockets(Path root) {
    this.root = root;
  }

  /** Returns the TCP sockets that listen on {@code port}; null where the kernel tells none. */
  public @Nullable List<PortBinding> on(int port) {
    List<PortBinding> found = new ArrayList<>();
    try {
      for (String table : List.of("tcp", "tcp6")) {
        Path file = root.resolve("proc/self/net").resolve(table);
        if (!Files.exists(file)) {
          continue;
        }
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
          PortBinding socket = SocketTable.socket(line, "tcp", null);
          if (socket != null && socket.published() == port && !found.contains(socket)) {
            found.add(socket);
          }
        }
      }
      return found;
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

  private static boolean onBridge(String literal) {
    AddressLiteral address = AddressLiteral.parse(literal);
    if (address == null || address.wildcard()) {
      return false;
    }
    try {
      NetworkInterface device =
          NetworkInterface.getByInetAddress(InetAddress.getByAddress(address.toBytes()));
      return device != null
          && (device.getName().equals("docker0") || device.getName().startsWith("br-"));
    } catch (UnknownHostException | SocketException unknown) {
      return false;
    }
  }
}
