package dev.quayside.backup;

import java.io.IOException;

/**
 * Tells why an authentic message is not an archive that may be restored. Its text may hold foreign
 * names.
 */
final class ArchiveException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Names the cause. */
  enum Reason {
    /** What is inside is neither zstd nor gzip, or its compression is damaged. */
    BAD_COMPRESSION,
    /** The first entry is not a plan. */
    NO_PLAN,
    /** The plan cannot be understood. */
    BAD_PLAN,
    /** The archive was made by a newer Quayside. */
    NEWER_FORMAT,
    /** The last entry is not a seal. */
    NO_SEAL,
    /** The seal cannot be understood, or belongs to another archive. */
    BAD_SEAL,
    /** An entry is not what the seal says. */
    DIFFERS_FROM_SEAL,
    /** A path occurs twice. */
    DUPLICATE,
    /** A path lies where an archive has none, or below something that is no folder. */
    MISPLACED,
    /** There is more than the plan allows. */
    TOO_MUCH,
    /** The segments of a stream do not join. */
    BAD_SEGMENTS
  }

  private final Reason reason;

  ArchiveException(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  ArchiveException(Reason reason, String detail, Throwable cause) {
    super(reason + ": " + detail, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
