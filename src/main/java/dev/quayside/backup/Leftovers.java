package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the start for backups and restores that were killed, and finishes them or removes what
 * they left. Touches only what a record of ours names.
 */
public final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

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
    /** What was half-made is removed. */
    REMOVED,
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
   * @throws IOException if the records could not be read
   * @throws ProblemException if the journal refuses
   */
  public List<Leftover> sweep() throws IOException, ProblemException {
    if (unfinished.list().stream().noneMatch(Unfinished.Entry::abandoned)) {
      return List.of();
    }
    AtomicFiles.createFolder(locks);
    try (ProcessLock held =
        ProcessLock.acquire(locks.resolve("backup-leftovers.lock"), Duration.ZERO)) {
      if (held == null) {
        return List.of(); // another Quayside is at it
      }
      List<Leftover> swept = new ArrayList<>();
      for (Unfinished.Entry entry : unfinished.list()) {
        if (entry.abandoned()) {
          swept.add(tried(entry));
        }
      }
      return List.copyOf(swept);
    }
  }

  /** One that cannot be put in order must not keep the others, or all other work, from going on. */
  private Leftover tried(Unfinished.Entry entry) throws ProblemException {
    try {
      return sweep(entry);
    } catch (IOException e) {
      LOG.warn("{} could not be put in order: {}", entry.id(), Reasons.of(e));
      return new Leftover(
          RawPaths.loaded(entry.target()), RawPaths.loaded(entry.temporary()), Fate.STUCK);
    }
  }

  private Leftover sweep(Unfinished.Entry entry) throws IOException, ProblemException {
    Path temporary = RawPaths.loaded(entry.temporary());
    Path target = RawPaths.loaded(entry.target());
    Path folder = temporary.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return new Leftover(target, temporary, Fate.OUT_OF_REACH);
    }
    boolean finished =
        switch (entry.work()) {
          case CREATE -> finishArchive(entry, temporary, target);
          case RESTORE -> finishRestore(temporary, target);
        };
    String action =
        switch (entry.work()) {
          case CREATE -> BackupCreation.ACTION;
          case RESTORE -> Restore.ACTION;
        };
    Intent intent = journal.resume(entry.intent(), action, entry.subject());
    if (finished) {
      intent.done(Map.of("recovered", "finished"));
    } else {
      intent.failed(Map.of("recovered", "removed"));
    }
    unfinished.remove(entry);
    return new Leftover(target, temporary, finished ? Fate.FINISHED : Fate.REMOVED);
  }

  private boolean finishArchive(Unfinished.Entry entry, Path part, Path target) throws IOException {
    @Nullable StoredArchive shelved = entry.shelved();
    boolean finished = shelved != null && Files.isRegularFile(target) && published(part, target);
    if (part.getFileName().toString().endsWith(ArchiveFile.PART_SUFFIX)) {
      Files.deleteIfExists(part);
    }
    Compression compression = entry.compression();
    if (finished && shelved != null && compression != null) {
      RecoveryCard.write(target, compression, entry.id());
      shelf.put(shelved.shelved());
    }
    return finished;
  }

  /**
   * Tells whether the final name is ours: the hidden one has gone, or both are names of one file.
   */
  private static boolean published(Path part, Path target) throws IOException {
    return !Files.exists(part, LinkOption.NOFOLLOW_LINKS) || Files.isSameFile(part, target);
  }

  private static boolean finishRestore(Path staging, Path target) throws IOException {
    boolean there = Files.exists(staging, LinkOption.NOFOLLOW_LINKS);
    if (there && staging.getFileName().toString().endsWith(StagingFolder.SUFFIX)) {
      StagingFolder.remove(staging);
    }
    return !there && Files.exists(target.resolve(EntryGuard.PLAN.toString()));
  }
}
