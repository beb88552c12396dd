package dev.quayside.exposure;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Is one row of the truth table: what is declared of a port, how it is bound, whether anything
 * listens, and who can reach it.
 *
 * @param service the service; for a listener of the host its name for people
 * @param container the container's name; empty for a listener of the host
 * @param port inside the container
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param declared where the definition publishes it; empty where it does not; null where the
 *     definition is not known
 * @param ipv4 where it is bound or, without a network of its own, listened on
 * @param ipv6 the same for IPv6
 * @param listens whether a process is seen to listen
 * @param hostNetwork whether it is a listening socket on the host's own network
 * @param exposure who can reach it
 * @param expected the widest that the catalogue calls safe; null where it says nothing
 * @param marks what is wrong with it
 * @param reason for people: why the exposure is not known, or where it comes from; else empty
 */
public record PortTruth(
    String service,
    String container,
    int port,
    String protocol,
    @Nullable List<String> declared,
    List<String> ipv4,
    List<String> ipv6,
    Listens listens,
    boolean hostNetwork,
    Exposure exposure,
    @Nullable Exposure expected,
    Set<Mark> marks,
    String reason) {

  /** Makes the collections immutable. */
  public PortTruth {
    declared = declared == null ? null : List.copyOf(declared);
    ipv4 = List.copyOf(ipv4);
    ipv6 = List.copyOf(ipv6);
    marks = Set.copyOf(marks);
  }

  /** Tells whether a process listens. */
  public enum Listens {
    YES,
    NO,
    /** Its sockets may not be seen. */
    UNKNOWN
  }

  /** Names what is wrong with a port. */
  public enum Mark {
    /** The LAN reaches it, and nothing says that it should. */
    BEYOND_LOOPBACK,
    /** It is bound otherwise than its definition says: somebody changed the one or the other. */
    NOT_AS_DECLARED,
    /** It is bound, and nobody listens behind it. */
    NOBODY_LISTENS,
    /** Its container does not hold it, and some other process of this machine listens there. */
    SOMEBODY_ELSE
  }

  /**
   * Returns whether nobody reaches it yet, and its definition would open it beyond this machine
   * without being expected to.
   */
  public boolean widerWhenStarted() {
    return exposure == Exposure.NONE
        && declared != null
        && expected != Exposure.LAN
        && declared.stream().map(PortTruth::judge).anyMatch(Exposure.LAN::equals);
  }

  /** Judges a place as the table writes it: an address, in brackets for IPv6, and a port. */
  private static Exposure judge(String place) {
    String address = place.substring(0, Math.max(0, place.lastIndexOf(':')));
    return Exposure.of(address.equals("*") ? "" : address.replaceAll("^\\[(.*)]$", "$1"));
  }

  /** Returns whether it is reachable beyond this machine without being expected to be. */
  public boolean finding() {
    return marks.contains(Mark.BEYOND_LOOPBACK);
  }
}
