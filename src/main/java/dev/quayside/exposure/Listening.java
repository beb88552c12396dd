package dev.quayside.exposure;

import dev.quayside.engine.PortBinding;
import java.util.List;

/**
 * Tells what the processes of a container listen on.
 *
 * <p>Datagram sockets on ports of the kernel's own choice (from {@code ip_local_port_range}) are
 * mostly those of clients and are not told one by one; that there are some is, because a server may
 * sit on one.
 */
public sealed interface Listening {

  /**
   * The sockets were found.
   *
   * @param sockets each with its literal address; container port and host port are the same
   * @param skipped whether there are datagram sockets besides, on ports of the kernel's own choice
   *     and not on loopback
   */
  record Sockets(List<PortBinding> sockets, boolean skipped) implements Listening {
    /** Makes the list immutable. */
    public Sockets {
      sockets = List.copyOf(sockets);
    }

    /** Holds the sockets of a container that has no others. */
    public Sockets(List<PortBinding> sockets) {
      this(sockets, false);
    }
  }

  /**
   * They could not be seen.
   *
   * @param reason for people
   */
  record Hidden(String reason) implements Listening {}
}
