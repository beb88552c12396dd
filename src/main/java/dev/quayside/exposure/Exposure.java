package dev.quayside.exposure;

/**
 * Names who can reach a port by how it is bound. It says nothing of firewalls: that takes a probe.
 */
public enum Exposure {
  /** Not published: only containers on the same networks and the host itself. */
  INTERNAL,
  /** Bound to a loopback address: only this machine. */
  LOOPBACK,
  /**
   * Bound to any other address, wildcards of IPv4 and IPv6 included: whoever reaches this machine.
   */
  LAN,
  /** Could not be told, for example a host-network container whose sockets we may not see. */
  UNKNOWN
}
