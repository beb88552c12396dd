package dev.quayside.backup;

import dev.quayside.common.ChildProcess;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies a complete archive to another folder, and proves the copy by reading it back. */
public final class SecondCopy {

  static final String ACTION = "backup.copy";

  /** Detail of the announcement that holds the identity of the archive. */
  static final String OF = "of";

  private static final int STEPS = 2;
  private static final int BUFFER = 256 * 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int LIMIT = 4096;
  private static final Messages MESSAGES = Messages.of("backup");

  private final Journal journal;
  private final Unfinished unfinished;
  private final BackupShelf shelf;
  private final StepBoundary steps;

  /**
   * Makes the operation.
   *
   * @param steps marks each named step
   */
  public SecondCopy(Home home, Journal journal, StepBoundary steps) {
    this.journal = journal;
    this.unfinished = new Unfinished(home);
    this.shelf = new BackupShelf(home);
    this.steps = steps;
  }

  /**
   * Copies. Blocks. The copy gets its name only when all of it is on the disk and was read back.
   *
   * @param archive an archive on the shelf
   * @param folder an existing folder
   * @return done; attention if only notes about it failed; refused if the name is taken; failed
   *     otherwise, and then there is no copy
   */
  public Outcome<CopyReceipt> run(ShelvedArchive archive, Path folder, Progress progress) {
    Path name = archive.archive().getFileName();
    Path copy = folder.toAbsolutePath().normalize().resolve(name);
    try {
      check(archive, copy);
      return announced(archive, copy, progress);
    } catch (RefusedException e) {
      return new Outcome.Refused<>(e.problem());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(ArchiveProblems.of(e, copy));
    }
  }

  private static void check(ShelvedArchive archive, Path copy) throws IOException {
    Path folder = copy.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new RefusedException(ArchiveProblems.of("BACKUP-NO-FOLDER", copy));
    }
    for (Path taken : new Path[] {copy, ArchiveFile.part(copy)}) {
      if (Files.exists(taken, LinkOption.NOFOLLOW_LINKS)) {
        throw new RefusedException(ArchiveProblems.of("BACKUP-EXISTS", taken));
      }
    }
    if (!Files.isRegularFile(archive.archive())
        || Files.size(archive.archive()) != archive.bytes()) {
      throw new RefusedException(ArchiveProblems.of("BACKUP-COPY-NOT-IT", archive.archive()));
    }
    CreationGuards.requireSpace(copy, archive.bytes());
  }

  private Outcome<CopyReceipt> announced(ShelvedArchive archive, Path copy, Progress progress)
      throws IOException, ProblemException {
    String id = UUID.randomUUID().toString();
    try (Unfinished.Claim _ = unfinished.begin(id)) {
      Intent intent =
          journal.begin(
              ACTION,
              archive.stack(),
              Map.of("archive", copy.toString(), "id", id, OF, BackupShelf.identity(archive.id())));
      ArchiveFile part = null;
      CopyReceipt receipt;
      ShelvedArchive shelved = BackupShelf.copyOf(archive, copy);
      Unfinished.Entry record = null;
      try {
        reached(CopyStep.ANNOUNCED);
        Unfinished.Entry begun =
            Unfinished.entry(
                Unfinished.Work.COPY,
                id,
                ArchiveFile.part(copy),
                copy,
                intent,
                compression(archive.archive()));
        record = begun;
        unfinished.write(begun);
        reached(CopyStep.RECORDED);
        part = ArchiveFile.create(copy);
        reached(CopyStep.PART_CREATED);
        receipt = write(archive, copy, part, progress);
        unfinished.write(begun.with(StoredArchive.of(shelved)));
        part.publish();
      } catch (Throwable e) {
        undo(copy, part, record, id, intent, e);
        throw e;
      }
      return noted(archive, shelved, receipt, part, id, intent);
    }
  }

  private CopyReceipt write(ShelvedArchive archive, Path copy, ArchiveFile part, Progress progress)
      throws IOException {
    progress.step(1, STEPS, MESSAGES.get("step.copy"));
    Meter meter = new Meter(progress, 2 * archive.bytes());
    byte[] written = hash(meter, archive.archive(), part);
    part.sync();
    reached(CopyStep.WRITTEN);
    progress.step(STEPS, STEPS, MESSAGES.get("step.compare"));
    forget(ArchiveFile.part(copy));
    byte[] found;
    try {
      found = hash(meter, ArchiveFile.part(copy), OutputStream.nullOutputStream());
    } catch (SourceException e) {
      throw part.failed(e);
    }
    if (!Arrays.equals(written, found) || part.size() != archive.bytes()) {
      throw new RefusedException(ArchiveProblems.of("BACKUP-COPY-DIFFERS", copy));
    }
    reached(CopyStep.COMPARED);
    return new CopyReceipt(copy, part.size(), HexFormat.of().formatHex(written));
  }

  private static byte[] hash(Meter meter, Path from, OutputStream to) throws IOException {
    Sha256 hash = new Sha256();
    byte[] buffer = new byte[BUFFER];
    InputStream opened;
    try {
      opened = Files.newInputStream(from);
    } catch (IOException e) {
      throw new SourceException(e);
    }
    try (InputStream source = meter.counting(opened)) {
      for (int got = source.read(buffer); got >= 0; got = source.read(buffer)) {
        hash.update(buffer, 0, got);
        to.write(buffer, 0, got);
      }
    }
    return hash.take();
  }

  /**
   * Asks the system to drop what it holds of the file in memory, so that reading asks the disk. It
   * may decline; then the comparison proves less, and nothing else changes.
   */
  private static void forget(Path file) throws IOException {
    try {
      ChildProcess.run(
          ChildProcess.Command.of(
              List.of("dd", "if=" + file, "iflag=nocache", "count=0", "status=none"),
              Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8")),
          null,
          PATIENCE,
          LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } catch (IOException e) {
      // There is no such program here.
    }
  }

  private static Compression compression(Path archive) {
    return archive.getFileName().toString().endsWith("." + Compression.GZIP.suffix() + ".gpg")
        ? Compression.GZIP
        : Compression.ZSTD;
  }

  /** As for a new archive: what cannot be removed now has its record still. */
  private void undo(
      Path copy,
      @Nullable ArchiveFile part,
      Unfinished.@Nullable Entry record,
      String id,
      Intent intent,
      Throwable failure) {
    Undoing undoing = new Undoing(failure);
    if (record != null) {
      // Without it a foreign file that took the name meanwhile would pass for ours.
      undoing.attempt(() -> unfinished.write(record));
    }
    boolean gone = part == null || undoing.attempt(part::discard);
    String code =
        failure instanceof IOException io ? ArchiveProblems.of(io, copy).code() : "INTERNAL";
    boolean told = undoing.attempt(() -> intent.failed(Map.of("problem", code)));
    if (gone && told) {
      undoing.attempt(() -> unfinished.remove(id));
    }
    undoing.end();
  }

  /** From here on the copy is there, so nothing that fails may be reported as no copy. */
  private Outcome<CopyReceipt> noted(
      ShelvedArchive archive,
      ShelvedArchive shelved,
      CopyReceipt receipt,
      ArchiveFile part,
      String id,
      Intent intent) {
    try {
      part.discard();
      reached(CopyStep.PUBLISHED);
      RecoveryCard.write(
          receipt.copy(), compression(receipt.copy()), BackupShelf.identity(archive.id()));
      reached(CopyStep.CARD_WRITTEN);
      shelf.put(shelved);
      reached(CopyStep.SHELVED);
      intent.done(Map.of("sha256", receipt.sha256()));
      reached(CopyStep.OUTCOME_RECORDED);
      unfinished.remove(id);
      reached(CopyStep.RECORD_REMOVED);
      return new Outcome.Done<>(receipt);
    } catch (IOException e) {
      return unnoted(receipt, Reasons.of(e));
    } catch (ProblemException e) {
      return unnoted(receipt, e.problem().title());
    }
  }

  private static Outcome<CopyReceipt> unnoted(CopyReceipt receipt, String why) {
    return new Outcome.Attention<>(
        receipt, ArchiveProblems.of("BACKUP-UNNOTED", receipt.copy(), why));
  }

  private void reached(CopyStep step) {
    steps.reached(step.label());
  }
}
