package dev.quayside.backup;

import java.nio.file.Path;

/**
 * Asks for one archive.
 *
 * @param scope what to save
 * @param target an existing folder, in which the archive gets its usual name, or a file that does
 *     not exist yet
 * @param protection who can open it
 * @param compression how it is compressed
 * @param mayStop whether what writes to the data may be stopped while it is copied; if not, the
 *     copy may be torn, and the outcome says so
 */
public record BackupRequest(
    BackupScope scope,
    Path target,
    Protection protection,
    Compression compression,
    boolean mayStop) {

  /** Asks for an archive for which what writes may be stopped. */
  public BackupRequest(
      BackupScope scope, Path target, Protection protection, Compression compression) {
    this(scope, target, protection, compression, true);
  }
}
