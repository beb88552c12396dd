package dev.quayside.exposure;

import dev.quayside.engine.PortBinding;
import java.util.List;

/**
 * Tells what the processes of a container listen on.
 *
 * <p>Datagram sockets on ports of the kernel's own choice (from {@code ip_local_port_range}) count
 * as those of clients and are not told, although a server may sit on one.
 */
public sealed interface Listening {

  /**
   * The sockets were found.
   *
   * @param sockets each with its literal address; container port and host port are the same
   */
  record Sockets(List<PortBinding> sockets) implements Listening {
    /** Makes the list immutable. */
    public Sockets {
      sockets = List.copyOf(sockets);
    }
  }

  /**
   * They could not be seen.
   *
   * @param reason for people
   */
  record Hidden(String reason) implements Listening {}
}
