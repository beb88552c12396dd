package dev.quayside.backup;

/** Tells what the list beside an archive is worth. */
public enum ManifestState {
  /** There is none. */
  NONE,
  /** It is authentic and belongs to this archive. */
  AUTHENTIC,
  /** It belongs to another archive, or the archive was changed since. */
  OTHER_ARCHIVE,
  /** It was altered, cut, or cannot be read. */
  DAMAGED,
  /** It is not signed by anybody who is known here. */
  UNSIGNED,
  /** What opens the archive does not open it. */
  CLOSED
}
