package dev.quayside.backup.tar;

import java.io.IOException;

/** Tells why a tar stream was refused. Its text may hold foreign names. */
public final class TarException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Names the cause. */
  public enum Reason {
    /** The header is not one of a tar stream, or its checksum is wrong. */
    BAD_HEADER,
    /** The stream ends inside an entry, or without the end mark. */
    CUT_SHORT,
    /** Something other than zeros follows the end mark. */
    TRAILING_DATA,
    /** A path is absolute, climbs out, is empty, has empty or dot parts, or holds a NUL. */
    UNSAFE_PATH,
    /** A path or a link target is longer than the system allows. */
    TOO_LONG,
    /** A device, a named pipe, a sparse file or something unknown. */
    REFUSED_TYPE
  }

  private final Reason reason;

  TarException(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  TarException(Reason reason, String detail, Throwable cause) {
    super(reason + ": " + detail, cause);
    this.reason = reason;
  }

  /** Returns the cause. */
  public Reason reason() {
    return reason;
  }
}
