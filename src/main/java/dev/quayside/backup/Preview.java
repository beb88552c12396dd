package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import java.nio.file.Path;

/** Reads what an archive says it holds from its first bytes, without verifying anything. */
public final class Preview {

  /**
   * Reads the plan at the head of {@code archive}. What it returns is <em>not verified</em> and has to be shown so.
   *
   * @throws ProblemException if the file is not an archive of ours, or cannot be opened
   */
  @SuppressWarnings("DoNotCallSuggester") // the body follows
  public ArchivePlan read(Path archive, Unlocking unlocking) throws ProblemException {
    throw new UnsupportedOperationException();
  }
}
