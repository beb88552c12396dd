package dev.quayside.backup;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Restores an archive into an empty folder. */
public final class Restore {

  static final String ACTION = "backup.restore";

  private static final int STEPS = 3;
  private static final int LONGEST_FOREIGN = 100;
  private static final Messages MESSAGES = Messages.of("backup");

  private final Journal journal;
  private final Home home;
  private final Unfinished unfinished;
  private final InstantSource time;
  private final StepBoundary steps;

  /**
   * Makes the operation.
   *
   * @param steps marks each named step
   */
  public Restore(Home home, Journal journal, InstantSource time, StepBoundary steps) {
    this.journal = journal;
    this.home = home;
    this.unfinished = new Unfinished(home);
    this.time = time;
    this.steps = steps;
  }

  /**
   * Restores. Blocks. Everything is read and compared in a staging folder beside the target first;
   * the target appears at once and whole, or not at all.
   *
   * @return done; attention if something of the set is missing or changed, with the list; refused
   *     if the target is not empty or is short of room; failed otherwise
   */
  public Outcome<RestoreReceipt> run(RestoreRequest request, Progress progress) {
    Path target = request.folder().toAbsolutePath().normalize();
    Instant begun = time.instant();
    try {
      Problem obstacle = obstacle(target);
      if (obstacle != null) {
        return new Outcome.Refused<>(obstacle);
      }
      progress.step(1, STEPS, MESSAGES.get("step.open"));
      try (OpenedArchive opened =
          OpenedArchive.open(
              request.archive(), request.unlocking(), KnownSigners.of(home), progress)) {
        return restore(request.archive(), opened, target, progress, begun);
      }
    } catch (RefusedException e) {
      return new Outcome.Refused<>(e.problem());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      boolean gone = e instanceof TargetException failed && failed.gone();
      return new Outcome.Failed<>(ArchiveProblems.of(e, gone ? target : request.archive()));
    }
  }

  private Outcome<RestoreReceipt> restore(
      Path archive, OpenedArchive opened, Path target, Progress progress, Instant begun)
      throws IOException, ProblemException {
    String id = UUID.randomUUID().toString();
    try (Unfinished.Claim _ = unfinished.begin(id)) {
      Path staging = StagingFolder.of(target, id);
      Intent intent =
          journal.begin(
              ACTION,
              target.toString(),
              Map.of("archive", archive.toAbsolutePath().toString(), "id", id));
      RestoreReceipt receipt;
      Unfinished.Entry record = null;
      try {
        reached(RestoreStep.ANNOUNCED);
        record = Unfinished.entry(Unfinished.Work.RESTORE, id, staging, target, intent, null);
        unfinished.write(record);
        reached(RestoreStep.RECORDED);
        receipt = stage(opened, staging, target, progress, begun);
        Problem gaps = gaps(receipt);
        unfinished.write(record.with(gaps == null ? "" : gaps.code()));
        publish(staging, target);
      } catch (Throwable e) {
        boolean away = away(staging, record);
        undo(archive, staging, away, record, id, intent, e);
        if (away && e instanceof IOException io) {
          throw new TargetException(io, true);
        }
        throw e;
      }
      return noted(receipt, id, intent);
    }
  }

  /** Returns whether another folder, or none, is where the staging was begun: on a disk perhaps. */
  private static boolean away(Path staging, Unfinished.@Nullable Entry record) {
    try {
      return record != null && Unfinished.number(parent(staging)) != record.folder();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Removes what was made so far, whatever made it fail. What cannot be removed or written down now
   * has its record still, so that the next start does it.
   */
  private void undo(
      Path archive,
      Path staging,
      boolean away,
      Unfinished.@Nullable Entry record,
      String id,
      Intent intent,
      Throwable failure) {
    Undoing undoing = new Undoing(failure);
    if (record != null) {
      // Without it a foreign folder that took the name meanwhile would pass for ours.
      undoing.attempt(() -> unfinished.write(record));
    }
    boolean gone = !away && undoing.attempt(() -> StagingFolder.remove(staging));
    boolean told =
        undoing.attempt(() ->
            intent.failed(
                Map.of(
                    "problem",
                    failure instanceof IOException io
                        ? ArchiveProblems.of(io, archive).code()
                        : "INTERNAL")));
    if (gone && told) {
      undoing.attempt(() -> unfinished.remove(id));
    }
    undoing.end();
  }

  /** From here on the folder is there, so nothing that fails may be reported as no restore. */
  private Outcome<RestoreReceipt> noted(RestoreReceipt receipt, String id, Intent intent) {
    try {
      AtomicFiles.force(parent(receipt.folder()));
      reached(RestoreStep.PUBLISHED);
      Outcome<RestoreReceipt> outcome = outcome(receipt, intent);
      reached(RestoreStep.OUTCOME_RECORDED);
      unfinished.remove(id);
      reached(RestoreStep.RECORD_REMOVED);
      return outcome;
    } catch (IOException e) {
      return unnoted(receipt, Reasons.of(e));
    } catch (ProblemException e) {
      return unnoted(receipt, e.problem().title());
    }
  }

  private static Outcome<RestoreReceipt> unnoted(RestoreReceipt receipt, String why) {
    return new Outcome.Attention<>(
        receipt, ArchiveProblems.of("BACKUP-RESTORE-UNNOTED", receipt.folder(), why));
  }

  private RestoreReceipt stage(
      OpenedArchive opened, Path staging, Path target, Progress progress, Instant begun)
      throws IOException {
    StagingFolder.create(staging);
    reached(RestoreStep.STAGING_CREATED);
    progress.step(2, STEPS, MESSAGES.get("step.verify"));
    FileStore disk = Files.getFileStore(staging);
    RestoreRoom room = new RestoreRoom(staging, progress, disk::getUsableSpace);
    Extraction extraction = new Extraction(staging, room, () -> reached(RestoreStep.PLAN_READ));
    ArchiveReader.Contents contents;
    try (BehindSink behind = new BehindSink(extraction)) {
      contents = new ArchiveReader(opened.decrypted(), behind).read();
      behind.settle();
    }
    reached(RestoreStep.VERIFIED);
    progress.step(STEPS, STEPS, MESSAGES.get("step.place"));
    // Who signed is known only now that everything is read.
    extraction.complete(opened.origin().known());
    notes(contents.plan(), staging);
    reached(RestoreStep.COMPLETED);
    DiskSync.tree(staging);
    reached(RestoreStep.SYNCED);
    Seal seal = contents.seal();
    return new RestoreReceipt(
        target,
        contents.plan(),
        seal.entryCount(),
        seal.contentBytes(),
        opened.origin(),
        extraction.outsideLinks(),
        extraction.ownersKept(),
        seal.unread(),
        seal.changed(),
        Duration.between(begun, time.instant()));
  }

  /** Leaves the plan and, where there are dumps, a note on how they are put into a server. */
  private static void notes(ArchivePlan plan, Path staging) throws IOException {
    AtomicFiles.create(staging.resolve(EntryGuard.PLAN.toString()), ArchivePlans.write(plan));
    StringBuilder commands = new StringBuilder();
    for (ArchivePlan.Part part : plan.parts()) {
      if (part.kind() == ArchivePlan.PartKind.POSTGRES_DUMP) {
        commands
            .append(
                MESSAGES.get("note.dump", line(part.source()), part.path(), line(part.version())))
            .append('\n');
      }
    }
    if (!commands.isEmpty()) {
      String text = MESSAGES.get("note.text") + "\n\n" + commands;
      AtomicFiles.create(staging.resolve("DATABASES.txt"), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What the archive says goes into a text that people paste from. */
  private static String line(String foreign) {
    return ForeignText.line(foreign, LONGEST_FOREIGN);
  }

  private static void publish(Path staging, Path target) throws IOException {
    try {
      // Replaces an empty folder in one step, and fails if somebody put something into it
      // meanwhile.
      Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TargetException(e);
    }
  }

  private static Outcome<RestoreReceipt> outcome(RestoreReceipt receipt, Intent intent)
      throws ProblemException {
    Problem gaps = gaps(receipt);
    if (gaps == null) {
      intent.done(Map.of("entries", Long.toString(receipt.entries())));
      return new Outcome.Done<>(receipt);
    }
    intent.attention(Map.of("problem", gaps.code()));
    return new Outcome.Attention<>(receipt, gaps);
  }

  /** Words what is not as it was; returns null if all is. */
  private static @Nullable Problem gaps(RestoreReceipt receipt) {
    boolean withoutLinks = !receipt.origin().known() && !receipt.outsideLinks().isEmpty();
    if (receipt.unread().isEmpty()
        && receipt.changed().isEmpty()
        && receipt.ownersKept()
        && !withoutLinks) {
      return null;
    }
    return ArchiveProblems.of(
        "BACKUP-RESTORED-WITH-GAPS",
        receipt.folder(),
        MESSAGES.get("gaps.unread", receipt.unread().size()),
        MESSAGES.get("gaps.changed", receipt.changed().size()),
        MESSAGES.get("gaps.links", withoutLinks ? receipt.outsideLinks().size() : 0),
        MESSAGES.get(receipt.ownersKept() ? "gaps.owners.kept" : "gaps.owners.lost"));
  }

  private static @Nullable Problem obstacle(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return ArchiveProblems.of("BACKUP-NO-PARENT", target);
    }
    if (!StagingFolder.safeIn(parent)) {
      return ArchiveProblems.of("BACKUP-UNSAFE-PARENT", target);
    }
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) || !empty(target)) {
      return ArchiveProblems.of("BACKUP-NOT-EMPTY", target);
    }
    return FileFacts.of(target).device() == FileFacts.of(parent).device()
        ? null
        : ArchiveProblems.of("BACKUP-MOUNT-POINT", target);
  }

  private static boolean empty(Path folder) throws IOException {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      return !content.iterator().hasNext();
    }
  }

  private static Path parent(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent == null) {
      throw new IOException("no folder above " + target);
    }
    return parent;
  }

  private void reached(RestoreStep step) {
    steps.reached(step.label());
  }
}
