package dev.quayside.backup;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;

/** Makes an encrypted archive of a stack's databases and folders. */
public final class BackupCreation {

  /**
   * Makes the archive. Blocks; not for the window's thread. The final name appears only when everything is on disk; a
   * cancel or a failure leaves nothing behind.
   *
   * @return done; attention if something could not be read, with the list; refused if the target exists or is short of
   *     room; failed otherwise
   */
  @SuppressWarnings("DoNotCallSuggester") // the body follows
  public Outcome<BackupReceipt> run(BackupRequest request, Progress progress) {
    throw new UnsupportedOperationException();
  }
}
