package dev.quayside.backup;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import java.nio.file.Path;

/** Reads every byte of an archive and compares every hash. Changes nothing but the shelf's record. */
public final class BackupVerification {

  /**
   * Verifies {@code archive}. Blocks.
   *
   * @return done if it is sound; found, with the fault in the report, if it is not; failed if it could not be looked at,
   *     for example for a wrong passphrase
   */
  @SuppressWarnings("DoNotCallSuggester") // the body follows
  public Outcome<VerificationReport> run(Path archive, Unlocking unlocking, Progress progress) {
    throw new UnsupportedOperationException();
  }
}
