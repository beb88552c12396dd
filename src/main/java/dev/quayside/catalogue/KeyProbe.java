package dev.quayside.catalogue;

import dev.quayside.common.Messages;
import java.util.List;
import java.util.Set;

/**
 * Says how to ask a service over HTTP whether it accepts a key.
 *
 * @param service that is asked
 * @param port inside its container
 * @param health path that tells whether the service lives, without a credential; empty where none
 *     is known
 * @param open other paths that answer everybody on purpose
 * @param path of an HTTP GET that needs the key, where there is one
 * @param header that carries the key; empty where there is none, or none that could be presented
 *     here
 * @param prefix before the key in that header, for example {@code Bearer }
 * @param user whose password the key is; then {@code user:key} is sent in Base 64; empty for a
 *     plain key
 * @param accepted status codes that mean the key was accepted
 * @param refused status codes that mean it was refused
 * @param openMeans what a success at {@code path} without any credential says
 * @param source where the codes come from
 * @param proven whether the codes were seen from the real server, not only read or from a stand-in
 * @param note key of a message that says what is special about it; empty for none
 */
public record KeyProbe(
    String service,
    int port,
    String health,
    List<String> open,
    String path,
    String header,
    String prefix,
    String user,
    Set<Integer> accepted,
    Set<Integer> refused,
    OpenMeans openMeans,
    String source,
    boolean proven,
    String note)
    implements Probe {

  private static final Messages MESSAGES = Messages.of("catalogue");

  /** Makes the collections immutable. */
  public KeyProbe {
    open = List.copyOf(open);
    accepted = Set.copyOf(accepted);
    refused = Set.copyOf(refused);
  }

  /** Creates a probe of a plain key that knows no more than how to ask, and is unproven. */
  public KeyProbe(
      String service,
      int port,
      String path,
      String header,
      String prefix,
      Set<Integer> accepted,
      Set<Integer> refused,
      String source) {
    this(
        service,
        port,
        "",
        List.of(),
        path,
        header,
        prefix,
        "",
        accepted,
        refused,
        OpenMeans.UNPROTECTED,
        source,
        false,
        "");
  }

  /** Returns whether there is a credential that could be accepted or refused. */
  public boolean asksForKey() {
    return !header.isEmpty();
  }

  /** Returns what is special about it, for people; empty for nothing. */
  public String noteText() {
    return note.isEmpty() ? "" : MESSAGES.get("probe." + note);
  }

  /** Names what a success without any credential says about a service. */
  public enum OpenMeans {
    /** Whoever reaches the port may do everything. */
    UNPROTECTED,
    /** The path answers everybody on purpose. */
    HARMLESS
  }
}
