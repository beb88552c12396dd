package dev.quayside.backup;

/** Tells whether the file of an archive is where it was seen last. */
public enum Presence {
  /** The file is there; also said of archives that nobody has looked for. */
  THERE,
  /** Its folder is there, and the file is not. */
  FILE_GONE,
  /** Something else is there: of another size, or no file at all. */
  NOT_AS_WRITTEN,
  /** Its folder is not there, or does not answer: a disk or a share that is away. */
  DISK_AWAY
}
