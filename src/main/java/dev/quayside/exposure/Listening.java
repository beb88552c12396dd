package dev.quayside.exposure;

import dev.quayside.engine.PortBinding;
import java.util.List;

/** Tells what the processes of a container on the host's network listen on. */
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
