package dev.quayside.stack.settings;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProcessLock;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Keeps the write-ahead records of saves, one folder each below the state folder (modes 0700 and
 * 0600): the record and copies of both contents.
 */
final class EnvStore {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String RECORD = "record.json";
  private static final String OLD = "old";
  private static final String NEW = "new";

  private final Path folder;
  private final Path locks;

  EnvStore(Home home) {
    this.folder = home.state().resolve("env-edits");
    this.locks = home.state().resolve("locks");
  }

  /** Takes the lock of a file, which rotations take too; null where somebody else holds it. */
  @Nullable ProcessLock lock(Path file, Duration patience) throws IOException {
    return EnvLocks.acquire(locks, file, patience);
  }

  /** Keeps both contents, then the record: where the record is, the copies are too. */
  void create(EnvRecord record, byte[] before, byte[] after) throws IOException {
    locked(() -> {
      Path own = folder.resolve(record.id());
      AtomicFiles.createFolder(own);
      AtomicFiles.create(own.resolve(OLD), before);
      AtomicFiles.create(own.resolve(NEW), after);
      AtomicFiles.replace(own.resolve(RECORD), record.toJson());
      AtomicFiles.force(folder);
    });
  }

  /** Returns the content before; the caller wipes it. */
  byte[] before(String id) throws IOException {
    return EnvFile.atMost(folder.resolve(id).resolve(OLD), EnvFile.LARGEST);
  }

  /** Returns the content after; the caller wipes it. */
  byte[] after(String id) throws IOException {
    return EnvFile.atMost(folder.resolve(id).resolve(NEW), EnvFile.LARGEST);
  }

  /**
   * Returns the record of one save; null where it is finished or never began to change anything.
   */
  @Nullable EnvRecord record(String id) throws IOException {
    try {
      return EnvRecord.fromJson(Files.readAllBytes(folder.resolve(id).resolve(RECORD)));
    } catch (NoSuchFileException finished) {
      return null;
    } catch (JacksonException | IllegalArgumentException broken) {
      throw new IOException("the record of " + id + " cannot be read", broken);
    }
  }

  /** Returns whether a save has a record, damaged or not. */
  boolean hasRecord(String id) {
    return Files.exists(folder.resolve(id).resolve(RECORD));
  }

  boolean begun() {
    String[] names = folder.toFile().list();
    return names != null && names.length > 0;
  }

  List<String> ids() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isDirectory)
          .map(own -> own.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** Forgets a save; its record goes first, and without one the rest is cleared away later. */
  void remove(String id) throws IOException {
    locked(() -> destroy(id));
  }

  private void destroy(String id) throws IOException {
    Path own = folder.resolve(id);
    if (!Files.isDirectory(own)) {
      return;
    }
    AtomicFiles.delete(own.resolve(RECORD));
    try (Stream<Path> rest = Files.list(own)) {
      for (Path file : rest.toList()) {
        AtomicFiles.destroy(file);
      }
    }
    AtomicFiles.delete(own);
  }

  /** Clears away saves that were cut off before they changed anything. */
  void clearAbandoned() throws IOException {
    if (ids().isEmpty()) {
      return;
    }
    locked(() -> {
      for (String id : ids()) {
        if (!hasRecord(id)) {
          destroy(id);
        }
      }
    });
  }

  private interface Work {
    void run() throws IOException;
  }

  private void locked(Work work) throws IOException {
    AtomicFiles.createFolder(locks);
    Path file = locks.resolve("env-edits.lock");
    try (ProcessLock lock = ProcessLock.acquire(file, PATIENCE)) {
      if (lock == null) {
        throw new IOException("another process holds " + file);
      }
      work.run();
    }
  }
}
