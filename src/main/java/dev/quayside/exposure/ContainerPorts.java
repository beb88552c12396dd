package dev.quayside.exposure;

import java.util.List;

/**
 * Holds who can reach a container.
 *
 * @param ports its ports in the order of their numbers
 * @param exposure the widest of them; for a container in another's network the widest of the
 *     other's, unless the LAN reaches its own
 * @param reason for people: why the exposure is not known, or which network or whose network it
 *     comes from; else empty
 */
public record ContainerPorts(List<ExposedPort> ports, Exposure exposure, String reason) {

  /** Makes the list immutable. */
  public ContainerPorts {
    ports = List.copyOf(ports);
  }
}
