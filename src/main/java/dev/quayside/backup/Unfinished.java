package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProcessLock;
import dev.quayside.journal.Intent;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Keeps the records of backups and restores that are under way: written before anything else is,
 * removed at the end, so that the next start knows what a killed process left. Whoever works on one
 * holds its kernel lock from before the announcement to after the end, so that the living can be
 * told from the killed whatever happens to clocks and process numbers.
 */
final class Unfinished {

  /** Names what is under way. */
  enum Work {
    CREATE(BackupCreation.ACTION),
    RESTORE(Restore.ACTION),
    COPY(SecondCopy.ACTION),
    REMOVE(ArchiveRemoval.ACTION);

    private final String action;

    Work(String action) {
      this.action = action;
    }

    /** Returns the name of the action in the journal. */
    String action() {
      return action;
    }
  }

  /**
   * Describes one of them.
   *
   * @param work what it is
   * @param id identity of the archive, or of the restore
   * @param temporary the hidden file or staging folder, as a file URI
   * @param target the final name, as a file URI
   * @param folder number of the folder both lie in, by which another disk at its place is noticed
   * @param intent id of the journal's announcement
   * @param subject subject of the journal's announcement
   * @param compression of the archive; null for a restore or a removal
   * @param shelved what goes on the shelf when it is done, or comes off it in a removal; null for a
   *     restore, or as long as it is not known
   * @param gaps code of the problem that a complete restore has, empty for none; null for an
   *     archive, or as long as the restore is not complete
   */
  record Entry(
      Work work,
      String id,
      String temporary,
      String target,
      long folder,
      String intent,
      String subject,
      @Nullable Compression compression,
      @Nullable StoredArchive shelved,
      @Nullable String gaps) {

    Entry with(StoredArchive archive) {
      return with(archive, null);
    }

    Entry with(String problem) {
      return with(null, problem);
    }

    private Entry with(@Nullable StoredArchive archive, @Nullable String problem) {
      return new Entry(
          work, id, temporary, target, folder, intent, subject, compression, archive, problem);
    }
  }

  private static final String SUFFIX = ".json";
  private static final String LOCK_SUFFIX = ".lock";

  private final Path folder;

  Unfinished(Home home) {
    this.folder = home.state().resolve("backup").resolve("unfinished");
  }

  static Entry entry(
      Work work,
      String id,
      Path temporary,
      Path target,
      Intent intent,
      @Nullable Compression compression)
      throws IOException {
    Path parent = temporary.getParent();
    if (parent == null) {
      throw new IOException("no folder above " + temporary);
    }
    return new Entry(
        work,
        id,
        RawPaths.stored(temporary),
        RawPaths.stored(target),
        number(parent),
        intent.id(),
        intent.subject(),
        compression,
        null,
        null);
  }

  /** Returns the number of the folder that {@code path} leads to, unique on its disk. */
  static long number(Path path) throws IOException {
    if (Files.getAttribute(path, "unix:ino") instanceof Long number) {
      return number;
    }
    throw new IOException("the file system does not number its files");
  }

  /** Holds the lock that says that its owner is alive; closing it forgets the lock's file too. */
  static final class Claim implements AutoCloseable {

    private final ProcessLock lock;
    private final Path file;

    private Claim(ProcessLock lock, Path file) {
      this.lock = lock;
      this.file = file;
    }

    @Override
    public void close() throws IOException {
      try {
        // The identity is never used again, so nobody waits for this very file.
        Files.deleteIfExists(file);
      } finally {
        lock.close();
      }
    }
  }

  /** Takes what {@code id} stands for; null if somebody alive has it. */
  @Nullable Claim claim(String id) throws IOException {
    AtomicFiles.createFolder(folder);
    Path file = folder.resolve(id + LOCK_SUFFIX);
    ProcessLock lock = ProcessLock.acquire(file, Duration.ZERO);
    return lock == null ? null : new Claim(lock, file);
  }

  /** Takes a new identity. */
  Claim begin(String id) throws IOException {
    Claim claim = claim(id);
    if (claim == null) {
      throw new IOException("somebody works on " + id + " already");
    }
    return claim;
  }

  void write(Entry entry) throws IOException {
    AtomicFiles.createFolder(folder);
    AtomicFiles.replace(file(entry.id()), Json.MAPPER.writeValueAsBytes(entry));
  }

  void remove(String id) throws IOException {
    AtomicFiles.delete(file(id));
  }

  /** Returns the identities of what is under way, in this process and in others, or abandoned. */
  List<String> ids() throws IOException {
    Set<String> ids = new TreeSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + SUFFIX + "," + LOCK_SUFFIX + "}")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        ids.add(name.substring(0, name.lastIndexOf('.')));
      }
    } catch (NoSuchFileException noneYet) {
      return List.of();
    }
    return List.copyOf(ids);
  }

  /** Returns the record of {@code id}; null if it has ended. */
  @Nullable Entry read(String id) throws IOException {
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file(id)), Entry.class);
    } catch (NoSuchFileException ended) {
      return null;
    } catch (JacksonException e) {
      throw new IOException("a record that cannot be read: " + file(id), e);
    }
  }

  /** Returns where the record of {@code id} lies. */
  Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }
}
