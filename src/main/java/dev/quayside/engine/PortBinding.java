package dev.quayside.engine;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Describes one port of a container and where on the host it is bound.
 *
 * @param containerPort 1 to 65535
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param hostAddress the literal address it is bound to, for example {@code 127.0.0.1}, {@code
 *     0.0.0.0} or {@code ::}; null where the port is not published
 * @param published the host port, or 0 where the port is not published
 */
public record PortBinding(
    int containerPort, String protocol, @Nullable String hostAddress, int published) {

  /** Returns the port on the host, empty where the port is not published. */
  public OptionalInt hostPort() {
    return published == 0 ? OptionalInt.empty() : OptionalInt.of(published);
  }
}
