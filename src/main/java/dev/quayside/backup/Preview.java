package dev.quayside.backup;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells what an archive holds without reading all of it. */
public final class Preview {

  private final Home home;

  /** Makes a reader of previews that knows the keys of {@code home}. */
  public Preview(Home home) {
    this.home = home;
  }

  /**
   * Reads the plan of {@code archive}.
   *
   * @throws ProblemException if the file is not an archive of ours, or cannot be opened
   */
  public ArchivePlan read(Path archive, Unlocking unlocking) throws ProblemException {
    return look(archive, unlocking).plan();
  }

  /**
   * Reads the manifest beside {@code archive} if it is there, authentic, and belongs to it; else
   * the plan at the archive's head, at most a few megabytes of it, which is <em>not verified</em>
   * and has to be shown so.
   *
   * @throws ProblemException if the file is not an archive of ours, or cannot be opened
   */
  public PreviewReport look(Path archive, Unlocking unlocking) throws ProblemException {
    try (HeldPassphrase held = HeldPassphrase.of(unlocking)) {
      Unlocking once = held.unlocking(unlocking);
      KnownSigners known = KnownSigners.of(home);
      Sidecar.Found beside =
          Files.isRegularFile(archive)
              ? Sidecar.read(archive, once, known)
              : Sidecar.Found.nothing(ManifestState.NONE);
      Manifest manifest = beside.manifest();
      return manifest == null
          ? new PreviewReport(head(archive, once, known), beside.state(), null)
          : new PreviewReport(manifest.plan(), beside.state(), listed(manifest.seal()));
    } catch (IOException e) {
      throw new ProblemException(ArchiveProblems.of(e, archive), e);
    }
  }

  private static PreviewReport.Listed listed(Seal seal) {
    return new PreviewReport.Listed(
        seal.entryCount(), seal.contentBytes(), seal.unread().size(), seal.changed().size());
  }

  private static ArchivePlan head(Path archive, Unlocking unlocking, KnownSigners known)
      throws IOException, ProblemException {
    try (OpenedArchive opened = OpenedArchive.open(archive, unlocking, known, Progress.none())) {
      return ArchiveReader.head(new CappedInput(opened.decrypted(), 2L * ArchivePlans.MOST_BYTES));
    }
  }
}
