package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Removes old archives with what lies beside them. Touches only what the journal says that Quayside
 * wrote, at the very place and of the very size.
 */
public final class ArchiveRemoval {

  static final String ACTION = "backup.remove";

  private static final int LARGEST_CARD = 64 * 1024;

  private final Journal journal;
  private final Unfinished unfinished;
  private final BackupShelf shelf;
  private final StepBoundary steps;

  /**
   * Makes the operation.
   *
   * @param steps marks each named step
   */
  public ArchiveRemoval(Home home, Journal journal, StepBoundary steps) {
    this.journal = journal;
    this.unfinished = new Unfinished(home);
    this.shelf = new BackupShelf(home);
    this.steps = steps;
  }

  /** Names an archive by what the journal says of it. */
  private record Written(String identity, String path) {}

  /**
   * Returns the archives of {@code stack} that lie in {@code folder} as Quayside wrote them. Reads
   * the whole journal.
   */
  public List<ShelvedArchive> own(String stack, Path folder) throws ProblemException {
    Path place = folder.toAbsolutePath().normalize();
    Set<Written> written = written();
    List<ShelvedArchive> own = new ArrayList<>();
    for (ShelvedArchive each : shelf.list()) {
      if (each.stack().equals(stack)
          && place.equals(each.archive().getParent())
          && own(each, written)) {
        own.add(each);
      }
    }
    return List.copyOf(own);
  }

  private Set<Written> written() throws ProblemException {
    Set<Written> written = new HashSet<>();
    for (JournalEntry entry : journal.entries()) {
      String identity =
          switch (entry.action()) {
            case BackupCreation.ACTION -> entry.details().get("id");
            case SecondCopy.ACTION -> entry.details().get(SecondCopy.OF);
            default -> null;
          };
      String path = entry.details().get("archive");
      if (entry.kind() == EntryKind.INTENT && identity != null && path != null) {
        written.add(new Written(identity, path));
      }
    }
    return written;
  }

  private static boolean own(ShelvedArchive archive, Set<Written> written) {
    String identity = BackupShelf.identity(archive.id());
    return written.contains(new Written(identity, archive.archive().toString()))
        && asWritten(archive);
  }

  private static boolean asWritten(ShelvedArchive archive) {
    try {
      return Files.isRegularFile(archive.archive(), LinkOption.NOFOLLOW_LINKS)
          && Files.size(archive.archive()) == archive.bytes();
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * Removes archives, one after the other, each announced in the journal first.
   *
   * @param archives from {@link #own}; one that is not as it was written any more is left alone
   * @return done, with what was removed; attention if something kept the rest from being removed;
   *     refused if a backup is being worked on
   */
  public Outcome<List<Path>> run(List<ShelvedArchive> archives) {
    List<Path> removed = new ArrayList<>();
    Path at = Path.of("");
    try {
      Set<Written> written = written();
      for (ShelvedArchive each : archives) {
        at = each.archive();
        requireQuiet(at);
        if (own(each, written)) {
          remove(each);
          removed.add(at);
        }
      }
      return new Outcome.Done<>(List.copyOf(removed));
    } catch (RefusedException e) {
      return removed.isEmpty()
          ? new Outcome.Refused<>(e.problem())
          : new Outcome.Attention<>(List.copyOf(removed), e.problem());
    } catch (ProblemException e) {
      return new Outcome.Attention<>(List.copyOf(removed), e.problem());
    } catch (IOException e) {
      return new Outcome.Attention<>(
          List.copyOf(removed), ArchiveProblems.of("BACKUP-REMOVE-STUCK", at, Reasons.of(e)));
    }
  }

  private void requireQuiet(Path archive) throws IOException {
    for (String id : unfinished.ids()) {
      try (Unfinished.Claim claim = unfinished.claim(id)) {
        if (claim == null) {
          throw new RefusedException(ArchiveProblems.of("BACKUP-REMOVE-BUSY", archive));
        }
      }
    }
  }

  /** What fails in the middle has its record still, so that the next start goes on. */
  private void remove(ShelvedArchive archive) throws IOException, ProblemException {
    String id = UUID.randomUUID().toString();
    try (Unfinished.Claim _ = unfinished.begin(id)) {
      Intent intent =
          journal.begin(
              ACTION,
              archive.stack(),
              Map.of("archive", archive.archive().toString(), "id", id, "of", archive.id()));
      reached(steps, RemovalStep.ANNOUNCED);
      Path file = archive.archive();
      unfinished.write(
          Unfinished.entry(Unfinished.Work.REMOVE, id, file, file, intent, null)
              .with(StoredArchive.of(archive)));
      reached(steps, RemovalStep.RECORDED);
      finish(shelf, archive, file, steps);
      intent.done(Map.of());
      reached(steps, RemovalStep.OUTCOME_RECORDED);
      unfinished.remove(id);
      reached(steps, RemovalStep.RECORD_REMOVED);
    }
  }

  /** Removes the archive if it is as it was written, and what belongs to it. */
  static void finish(BackupShelf shelf, ShelvedArchive archive, Path file, StepBoundary steps)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (asWritten(archive)) {
      Files.delete(file);
    }
    reached(steps, RemovalStep.ARCHIVE_REMOVED);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Path card = RecoveryCard.path(file);
      if (names(card, BackupShelf.identity(archive.id()))) {
        Files.delete(card);
      }
    }
    if (folder != null) {
      AtomicFiles.force(folder);
    }
    reached(steps, RemovalStep.COMPANIONS_REMOVED);
    shelf.remove(archive.id());
    reached(steps, RemovalStep.UNSHELVED);
  }

  private static boolean names(Path card, String identity) throws IOException {
    return Files.isRegularFile(card, LinkOption.NOFOLLOW_LINKS)
        && Files.size(card) <= LARGEST_CARD
        && new String(Files.readAllBytes(card), StandardCharsets.UTF_8).contains(identity);
  }

  private static void reached(StepBoundary steps, RemovalStep step) {
    steps.reached(step.label());
  }
}
