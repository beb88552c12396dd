package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes a folder beside its place, under a record that the next start reads after a kill, and puts
 * it there at once and whole, or not at all.
 */
final class Placing {

  private final Journal journal;
  private final Unfinished unfinished;
  private final StepBoundary steps;

  Placing(Home home, Journal journal, StepBoundary steps) {
    this.journal = journal;
    this.unfinished = new Unfinished(home);
    this.steps = steps;
  }

  /** Makes what is placed. */
  interface Work<R> {

    /** Fills {@code staging}, which does not exist yet. */
    R stage(Path staging) throws IOException;

    /** Words what is not as it was; null if all is. */
    @Nullable Problem gaps(R receipt);

    /** Counts what was written. */
    long entries(R receipt);
  }

  /** Returns what speaks against {@code target} as a place; null if nothing does. */
  static @Nullable Problem obstacle(Path target) throws IOException {
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

  /** Does {@code work} for {@code target} and places what it made. */
  <R> Outcome<R> run(Path archive, Path target, Work<R> work) throws IOException, ProblemException {
    String id = UUID.randomUUID().toString();
    try (Unfinished.Claim _ = unfinished.begin(id)) {
      Path staging = StagingFolder.of(target, id);
      Intent intent =
          journal.begin(
              Restore.ACTION,
              target.toString(),
              Map.of("archive", archive.toAbsolutePath().toString(), "id", id));
      R receipt;
      Problem gaps;
      Unfinished.Entry record = null;
      try {
        reached(RestoreStep.ANNOUNCED);
        record = Unfinished.entry(Unfinished.Work.RESTORE, id, staging, target, intent, null);
        unfinished.write(record);
        reached(RestoreStep.RECORDED);
        receipt = work.stage(staging);
        gaps = work.gaps(receipt);
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
      return noted(target, receipt, gaps, work.entries(receipt), id, intent);
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
  private <R> Outcome<R> noted(
      Path target, R receipt, @Nullable Problem gaps, long entries, String id, Intent intent) {
    try {
      AtomicFiles.force(parent(target));
      reached(RestoreStep.PUBLISHED);
      Outcome<R> outcome = outcome(receipt, gaps, entries, intent);
      reached(RestoreStep.OUTCOME_RECORDED);
      unfinished.remove(id);
      reached(RestoreStep.RECORD_REMOVED);
      return outcome;
    } catch (IOException e) {
      return unnoted(target, receipt, Reasons.of(e));
    } catch (ProblemException e) {
      return unnoted(target, receipt, e.problem().title());
    }
  }

  private static <R> Outcome<R> unnoted(Path target, R receipt, String why) {
    return new Outcome.Attention<>(
        receipt, ArchiveProblems.of("BACKUP-RESTORE-UNNOTED", target, why));
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

  private static <R> Outcome<R> outcome(
      R receipt, @Nullable Problem gaps, long entries, Intent intent) throws ProblemException {
    if (gaps == null) {
      intent.done(Map.of("entries", Long.toString(entries)));
      return new Outcome.Done<>(receipt);
    }
    intent.attention(Map.of("problem", gaps.code()));
    return new Outcome.Attention<>(receipt, gaps);
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

  void reached(RestoreStep step) {
    steps.reached(step.label());
  }
}
