package dev.quayside.exposure;

import org.jspecify.annotations.Nullable;

/**
 * Names who can reach a port by how it is bound and which networks it is on. It says nothing of
 * firewalls: that takes a probe.
 */
public enum Exposure {
  /** Not running: nobody, whatever its ports are going to be. */
  NONE,
  /** Not published: only containers on the same networks and the host itself. */
  INTERNAL,
  /** Bound to a loopback address: only this machine. */
  LOOPBACK,
  /**
   * Bound to any other address, wildcards of IPv4 and IPv6 included: whoever reaches this machine;
   * or on a network that gives the container an address on the LAN or a route from there.
   */
  LAN,
  /**
   * Could not be told, for example a host-network container whose sockets we may not see, or one on
   * the network of a plugin.
   */
  UNKNOWN;

  /**
   * Judges a bind by its literal address.
   *
   * @param hostAddress as the engine gives it; null where the port is not published, empty for
   *     every address
   */
  public static Exposure of(@Nullable String hostAddress) {
    if (hostAddress == null) {
      return INTERNAL;
    }
    if (hostAddress.isEmpty()) {
      return LAN;
    }
    AddressLiteral address = AddressLiteral.parse(hostAddress);
    if (address == null) {
      return UNKNOWN;
    }
    return address.loopback() ? LOOPBACK : LAN;
  }

  /**
   * Returns the one of both that more can reach; what is not known may be anything but is no proof
   * of LAN.
   */
  public Exposure widest(Exposure other) {
    return width() >= other.width() ? this : other;
  }

  private int width() {
    return switch (this) {
      case NONE -> 0;
      case INTERNAL -> 1;
      case LOOPBACK -> 2;
      case UNKNOWN -> 3;
      case LAN -> 4;
    };
  }
}
