package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the start for backups and restores that were killed, and finishes them or removes what
 * they left. Touches only what a record of ours names, and asks no engine.
 */
public final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  private final Journal journal;
  private final Unfinished unfinished;
  private final BackupShelf shelf;
  private final Path locks;

  /** Works on the records in the state folder. */
  public Leftovers(Home home, Journal journal) {
    this.journal = journal;
    this.unfinished = new Unfinished(home);
    this.shelf = new BackupShelf(home);
    this.locks = home.state().resolve("locks");
  }

  /** Tells what became of a killed backup or restore. */
  public enum Fate {
    /** The archive or the folder was complete; only notes about it were missing. */
    FINISHED,
    /** It was finished too, but something is missing in it or is not as it was. */
    FINISHED_WITH_GAPS,
    /** What was half-made is removed, or nothing had been made yet. */
    REMOVED,
    /** An old archive was being taken away, and now it is gone. */
    TAKEN_AWAY,
    /**
     * The place cannot be reached now, for example a disk that is not plugged in; the next start
     * looks again.
     */
    OUT_OF_REACH,
    /** It could not be put in order now; the next start tries again. */
    STUCK
  }

  /**
   * Describes one of them.
   *
   * @param target the final name it was to have
   * @param temporary the hidden file or folder that was looked for
   * @param fate what became of it
   */
  public record Leftover(Path target, Path temporary, Fate fate) {}

  /**
   * Cleans up after killed processes; what living ones are at is left alone.
   *
   * @throws IOException if the records could not be listed
   * @throws ProblemException if the journal refuses
   */
  public List<Leftover> sweep() throws IOException, ProblemException {
    if (unfinished.ids().isEmpty() && unended().isEmpty()) {
      return List.of();
    }
    AtomicFiles.createFolder(locks);
    try (ProcessLock held =
        ProcessLock.acquire(locks.resolve("backup-leftovers.lock"), Duration.ZERO)) {
      if (held == null) {
        return List.of(); // another Quayside is at it
      }
      List<Leftover> swept = new ArrayList<>();
      for (String id : unfinished.ids()) {
        tried(id, swept);
      }
      for (JournalEntry announcement : unended()) {
        close(announcement);
      }
      return List.copyOf(swept);
    }
  }

  private List<JournalEntry> unended() throws ProblemException {
    List<JournalEntry> all = new ArrayList<>();
    for (Unfinished.Work work : Unfinished.Work.values()) {
      all.addAll(journal.unended(work.action()));
    }
    return all;
  }

  /** One that cannot be put in order must not keep the others, or all other work, from going on. */
  private void tried(String id, List<Leftover> swept) {
    Path where = unfinished.file(id);
    Leftover stuck = new Leftover(where, where, Fate.STUCK);
    try (Unfinished.Claim claim = unfinished.claim(id)) {
      // Before the claim was ours, its holder may have ended.
      Unfinished.Entry entry = claim == null ? null : unfinished.read(id);
      if (entry != null) {
        stuck =
            new Leftover(
                RawPaths.loaded(entry.target()), RawPaths.loaded(entry.temporary()), Fate.STUCK);
        swept.add(sweep(entry));
      }
    } catch (IOException | ProblemException | RuntimeException e) {
      LOG.warn("{} could not be put in order: {}", id, e.toString());
      swept.add(stuck);
    }
  }

  private Leftover sweep(Unfinished.Entry entry) throws IOException, ProblemException {
    Path temporary = RawPaths.loaded(entry.temporary());
    Path target = RawPaths.loaded(entry.target());
    if (!reachable(entry, temporary, target)) {
      return new Leftover(target, temporary, Fate.OUT_OF_REACH);
    }
    String problem =
        switch (entry.work()) {
          case CREATE, COPY -> finishArchive(entry, temporary, target);
          case REMOVE -> finishRemoval(entry, target);
          case RESTORE -> finishRestore(entry, temporary, target);
        };
    if (journal.unended(entry.work().action()).stream()
        .anyMatch(open -> open.intent().equals(entry.intent()))) {
      end(journal.resume(entry.intent(), entry.work().action(), entry.subject()), problem);
    }
    unfinished.remove(entry.id());
    Fate fate = entry.work() == Unfinished.Work.REMOVE ? Fate.TAKEN_AWAY : fate(problem);
    return new Leftover(target, temporary, fate);
  }

  /**
   * Tells whether the folder is there, and is the one it was: an empty mount point is not the disk
   * that is missing on it. Some disks number their folders anew each time they are plugged in, so
   * finding either name is proof as well.
   */
  private static boolean reachable(Unfinished.Entry entry, Path temporary, Path target)
      throws IOException {
    Path folder = temporary.getParent();
    return folder != null
        && Files.isDirectory(folder)
        && (Unfinished.number(folder) == entry.folder()
            || Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)
            || Files.exists(target, LinkOption.NOFOLLOW_LINKS));
  }

  private static void end(Intent intent, @Nullable String problem) throws ProblemException {
    if (problem == null) {
      intent.failed(Map.of("recovered", "removed"));
    } else if (problem.isEmpty()) {
      intent.done(Map.of("recovered", "finished"));
    } else {
      intent.attention(Map.of("recovered", "finished", "problem", problem));
    }
  }

  private static Fate fate(@Nullable String problem) {
    if (problem == null) {
      return Fate.REMOVED;
    }
    return problem.isEmpty() ? Fate.FINISHED : Fate.FINISHED_WITH_GAPS;
  }

  /** Returns the code of the problem that the finished archive has, or null if there is none. */
  private @Nullable String finishArchive(Unfinished.Entry entry, Path part, Path target)
      throws IOException {
    StoredArchive shelved = entry.shelved();
    Compression compression = entry.compression();
    boolean finished =
        shelved != null
            && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
            && Files.size(target) == shelved.bytes()
            && published(part, target);
    if (part.getFileName().toString().endsWith(ArchiveFile.PART_SUFFIX)) {
      Files.deleteIfExists(part);
    }
    if (!finished || shelved == null || compression == null) {
      return null;
    }
    RecoveryCard.write(target, compression, BackupShelf.identity(shelved.id()));
    shelf.put(shelved.shelved());
    return shelved.complete() ? "" : CreationGuards.INCOMPLETE;
  }

  /** What was decided and written down is done; there is no way back once the file has gone. */
  private String finishRemoval(Unfinished.Entry entry, Path archive) throws IOException {
    StoredArchive shelved = entry.shelved();
    if (shelved != null) {
      ArchiveRemoval.finish(shelf, shelved.shelved(), archive, StepBoundary.none());
    }
    return "";
  }

  /**
   * Tells whether the final name is ours: the hidden one has gone, or both are names of one file.
   */
  private static boolean published(Path part, Path target) throws IOException {
    return !Files.exists(part, LinkOption.NOFOLLOW_LINKS) || Files.isSameFile(part, target);
  }

  /** Returns the code of the problem that the finished restore has, or null if there is none. */
  private static @Nullable String finishRestore(Unfinished.Entry entry, Path staging, Path target)
      throws IOException {
    boolean there = Files.exists(staging, LinkOption.NOFOLLOW_LINKS);
    if (there && staging.getFileName().toString().endsWith(StagingFolder.SUFFIX)) {
      StagingFolder.remove(staging);
    }
    boolean published = !there && Files.exists(target.resolve(EntryGuard.PLAN.toString()));
    return published ? entry.gaps() : null;
  }

  /**
   * Ends an announcement after which nothing was made: there is no record, and its maker is gone.
   */
  private void close(JournalEntry announcement) throws IOException, ProblemException {
    String id = announcement.details().getOrDefault("id", "");
    if (!ID.matcher(id).matches()) {
      return;
    }
    try (Unfinished.Claim claim = unfinished.claim(id)) {
      boolean open =
          claim != null
              && !Files.exists(unfinished.file(id))
              && journal.unended(announcement.action()).stream()
                  .anyMatch(one -> one.intent().equals(announcement.intent()));
      if (open) {
        journal
            .resume(announcement.intent(), announcement.action(), announcement.subject())
            .failed(Map.of("recovered", "nothing was made"));
      }
    }
  }
}
