package dev.quayside.backup.foreign;

import java.io.IOException;

/** Tells why text is not sent to a database. Its text may hold foreign words. */
public final class SqlRefusal extends IOException {

  private static final long serialVersionUID = 1L;

  /** Names the cause. */
  public enum Reason {
    /** A command to the program that sends it, or what could hide one. */
    COMMAND,
    /** It concerns another database, or makes or removes one. */
    OTHER_DATABASE,
    /** It concerns the whole server: roles, tablespaces, settings. */
    SERVER,
    /** It copies from or to files or programs. */
    COPY,
    /** It changes how what follows is read. */
    SESSION,
    /** It holds bytes that no text has. */
    NO_TEXT,
    /** It stops in the middle of something. */
    CUT_SHORT
  }

  private final Reason reason;
  private final long line;

  SqlRefusal(Reason reason, long line, String what) {
    super("line " + line + ": " + what);
    this.reason = reason;
    this.line = line;
  }

  /** Returns the cause. */
  public Reason reason() {
    return reason;
  }

  /** Returns the number of the line, from 1. */
  public long line() {
    return line;
  }
}
