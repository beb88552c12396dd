package dev.quayside.backup.landing;

/**
 * Tells how a service stood after a restore over its stack, or an undo, had ended.
 *
 * @param service its name
 * @param kind what that means
 * @param evidence what was seen, in words
 */
public record ServiceAnswer(String service, Kind kind, String evidence) {

  /** Names what can be seen; the first of two that apply to one service counts. */
  public enum Kind {
    /** It refuses the credential that the stack's files hold: the data is of another one. */
    KEY_REFUSED,
    /** It does not run, or nothing came back. */
    SILENT,
    /** It was asked as a client asks, and answered. */
    ANSWERS,
    /** Its own health check says so; nobody else asked it. */
    HEALTHY,
    /** It runs, and nothing more is known. */
    UNKNOWN;

    /** Returns whether somebody has to look at it. */
    public boolean bad() {
      return this == KEY_REFUSED || this == SILENT;
    }
  }
}
