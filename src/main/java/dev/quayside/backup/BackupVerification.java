package dev.quayside.backup;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads every byte of an archive and compares every hash. Changes nothing but the shelf's record.
 */
public final class BackupVerification {

  private final BackupShelf shelf;
  private final InstantSource time;

  /** Notes results on {@code shelf}. */
  public BackupVerification(BackupShelf shelf, InstantSource time) {
    this.shelf = shelf;
    this.time = time;
  }

  /**
   * Verifies {@code archive}. Blocks.
   *
   * @return done if it is sound; found, with the fault in the report, if it is not; failed if it
   *     could not be looked at, for example for a wrong passphrase
   */
  public Outcome<VerificationReport> run(Path archive, Unlocking unlocking, Progress progress) {
    Instant begun = time.instant();
    Noting sink = new Noting();
    try {
      progress.step(1, 1, archive.getFileName() + "");
      VerificationReport report;
      try (HeldPassphrase held = HeldPassphrase.of(unlocking)) {
        report = verify(archive, held.unlocking(unlocking), progress, sink, begun);
      }
      shelf.verified(report, time.instant());
      return report.sound() ? new Outcome.Done<>(report) : new Outcome.Found<>(report);
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(ArchiveProblems.of(e, archive));
    }
  }

  private VerificationReport verify(
      Path archive, Unlocking unlocking, Progress progress, Noting sink, Instant begun)
      throws IOException, ProblemException {
    long size = 0;
    KnownSigners known = shelf.signers();
    Sha256 hash = new Sha256();
    try (OpenedArchive opened = OpenedArchive.open(archive, unlocking, known, progress, hash)) {
      size = opened.size();
      ArchiveReader.Contents contents = new ArchiveReader(opened.decrypted(), sink).read();
      Seal seal = contents.seal();
      Sidecar.Found beside = Sidecar.read(archive, unlocking, known);
      return new VerificationReport(
          archive,
          size,
          contents.plan(),
          seal.entryCount(),
          seal.contentBytes(),
          seal.unread().size(),
          seal.changed(),
          opened.origin(),
          null,
          Duration.between(begun, time.instant()),
          compared(beside, hash));
    } catch (IOException e) {
      if (!ArchiveProblems.fault(e)) {
        throw e;
      }
      Problem fault = ArchiveProblems.of(e, archive);
      return new VerificationReport(
          archive,
          size,
          sink.plan,
          sink.entries,
          0,
          0,
          List.of(),
          Origin.UNKNOWN, // whoever changed it knew no passphrase
          fault,
          Duration.between(begun, time.instant()));
    }
  }

  private static ManifestState compared(Sidecar.Found beside, Sha256 hash) {
    Manifest manifest = beside.manifest();
    return manifest == null
            || manifest.archive().sha256().equals(HexFormat.of().formatHex(hash.take()))
        ? beside.state()
        : ManifestState.OTHER_ARCHIVE;
  }

  /** Keeps the plan and counts entries. */
  private static final class Noting implements ArchiveSink {

    private @Nullable ArchivePlan plan;
    private long entries;

    @Override
    public void plan(ArchivePlan found) {
      plan = found;
    }

    @Override
    public void folder(TarEntry entry) {
      entries++;
    }

    @Override
    public OutputStream file(TarEntry entry) {
      entries++;
      return OutputStream.nullOutputStream();
    }

    @Override
    public void hardLink(TarEntry entry) {
      entries++;
    }

    @Override
    public void symbolicLink(TarEntry entry) {
      entries++;
    }

    @Override
    public OutputStream segment(RawPath joined, TarEntry segment, boolean first) {
      entries++;
      return OutputStream.nullOutputStream();
    }
  }
}
