package dev.quayside.backup;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.nio.file.Path;

/** Reads what an archive says it holds from its first bytes, without verifying anything. */
public final class Preview {

  private final Home home;

  /** Makes a reader of previews that knows the keys of {@code home}. */
  public Preview(Home home) {
    this.home = home;
  }

  /**
   * Reads the plan at the head of {@code archive}; at most a few megabytes of it. What it returns
   * is <em>not verified</em> and has to be shown so.
   *
   * @throws ProblemException if the file is not an archive of ours, or cannot be opened
   */
  public ArchivePlan read(Path archive, Unlocking unlocking) throws ProblemException {
    try (OpenedArchive opened =
        OpenedArchive.open(archive, unlocking, KnownSigners.of(home), Progress.none())) {
      return ArchiveReader.head(new CappedInput(opened.decrypted(), 2L * ArchivePlans.MOST_BYTES));
    } catch (IOException e) {
      throw new ProblemException(ArchiveProblems.of(e, archive), e);
    }
  }
}
