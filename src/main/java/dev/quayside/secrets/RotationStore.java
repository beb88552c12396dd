package dev.quayside.secrets;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.ProcessNote;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Keeps the write-ahead records of rotations, one folder each below the state folder (modes 0700
 * and 0600): the record, copies of the file while they are needed, and the identity of the Compose
 * process while one runs.
 */
final class RotationStore {

  private static final Duration STORE_PATIENCE = Duration.ofSeconds(20);

  private static final String OLD = "old";
  private static final String NEW = "new";
  private static final String EDITED = "edited";
  private static final String MERGED = "merged";

  private final Path folder;
  private final Path locks;
  private final Path receipts;

  RotationStore(Home home) {
    this.folder = home.state().resolve("rotations");
    this.locks = home.state().resolve("locks");
    this.receipts = home.state().resolve("receipts");
  }

  /** Takes the lock of an environment file; null where somebody else holds it. */
  @Nullable ProcessLock lock(Path file, Duration patience) throws IOException {
    return EnvLocks.acquire(locks, file, patience);
  }

  /**
   * Keeps the old content and, for a file that is written in place, the new one, by which a mixture
   * of both is known; then the record: where the record is, the copies are too.
   */
  void create(RotationRecord record, byte[] oldContent, byte[] newContent) throws IOException {
    locked(() -> {
      Path own = folder.resolve(record.id());
      AtomicFiles.createFolder(own);
      AtomicFiles.create(copy(record.id()), oldContent);
      if (record.inPlace()) {
        AtomicFiles.create(own.resolve(NEW), newContent);
      }
      save(record);
      AtomicFiles.force(folder);
    });
  }

  private interface Work {
    void run() throws IOException;
  }

  private void locked(Work work) throws IOException {
    AtomicFiles.createFolder(locks);
    Path file = locks.resolve("rotations.lock");
    try (ProcessLock lock = ProcessLock.acquire(file, STORE_PATIENCE)) {
      if (lock == null) {
        throw new IOException("another process holds " + file);
      }
      work.run();
    }
  }

  void save(RotationRecord record) throws IOException {
    AtomicFiles.replace(folder.resolve(record.id()).resolve("record.json"), record.toJson());
  }

  /** Returns the old content; the caller wipes it. */
  byte[] oldContent(String id) throws IOException {
    return Files.readAllBytes(copy(id));
  }

  /** Returns the new content, where it was kept, else null; the caller wipes it. */
  byte @Nullable [] newContent(String id) throws IOException {
    return content(folder.resolve(id).resolve(NEW));
  }

  /**
   * Keeps what an operator made of the file, then what it is to become: where the second is, the
   * first is too.
   */
  void keepEdit(String id, byte[] edited, byte[] merged) throws IOException {
    Path own = folder.resolve(id);
    AtomicFiles.delete(own.resolve(MERGED));
    AtomicFiles.replace(own.resolve(EDITED), edited);
    AtomicFiles.replace(own.resolve(MERGED), merged);
  }

  /** Returns what the operator made of the file; the caller wipes it. */
  byte @Nullable [] editedContent(String id) throws IOException {
    return content(folder.resolve(id).resolve(EDITED));
  }

  /** Returns what the edited file is to become, where that was kept; the caller wipes it. */
  byte @Nullable [] mergedContent(String id) throws IOException {
    return content(folder.resolve(id).resolve(MERGED));
  }

  private static byte @Nullable [] content(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException notKept) {
      return null;
    }
  }

  /** Returns whether records of begun rotations lie there, of living processes too. */
  boolean begun() {
    String[] names = folder.toFile().list();
    return names != null && names.length > 0;
  }

  boolean hasRecord(String id) {
    return Files.exists(folder.resolve(id).resolve("record.json"));
  }

  /** Returns the SHA-256 of the published receipt in hexadecimal. */
  String receiptHash(String id) throws IOException {
    return EnvFile.hash(Files.readAllBytes(receiptPath(id)));
  }

  /** Overwrites and deletes the copies of the file, of which no value is needed any more. */
  void destroyCopies(String id) throws IOException {
    for (String name : List.of(OLD, NEW, EDITED, MERGED)) {
      AtomicFiles.destroy(folder.resolve(id).resolve(name));
    }
  }

  /**
   * Forgets a run. Its record goes first: one that lies there without the copy could never be put
   * back, and what lies there without a record is cleared away at the next start.
   */
  void remove(String id) throws IOException {
    locked(() -> destroy(id));
  }

  private void destroy(String id) throws IOException {
    Path own = folder.resolve(id);
    if (!Files.isDirectory(own)) {
      return;
    }
    AtomicFiles.delete(own.resolve("record.json"));
    try (Stream<Path> rest = Files.list(own)) {
      for (Path file : rest.toList()) {
        AtomicFiles.destroy(file);
      }
    }
    AtomicFiles.delete(own);
  }

  /** Keeps the receipt until the run is completed. */
  void keepReceipt(String id, byte[] receipt) throws IOException {
    AtomicFiles.replace(folder.resolve(id).resolve("receipt.json"), receipt);
  }

  /** Puts the kept receipt where receipts lie; does nothing where that was done already. */
  void publishReceipt(String id) throws IOException {
    AtomicFiles.createFolder(receipts);
    byte[] receipt = Files.readAllBytes(folder.resolve(id).resolve("receipt.json"));
    AtomicFiles.replace(receiptPath(id), receipt);
  }

  Path receiptPath(String id) {
    return receipts.resolve("rotation-" + id + ".json");
  }

  /** Returns the note of the Compose process that a run may leave behind. */
  ProcessNote child(String id) {
    return new ProcessNote(folder.resolve(id).resolve("child"));
  }

  /**
   * Returns the records of all runs that are not finished. A folder without a record never changed
   * anything.
   */
  List<RotationRecord> unfinished() throws IOException {
    List<RotationRecord> records = new ArrayList<>();
    for (String id : ids()) {
      RotationRecord record = record(id);
      if (record != null) {
        records.add(record);
      }
    }
    return records;
  }

  /** Returns the identities of the runs of which something lies here. */
  List<String> ids() throws IOException {
    return folders().stream().map(own -> own.getFileName().toString()).toList();
  }

  /** Returns the record of one run as it is now; null where the run is finished. */
  @Nullable RotationRecord record(String id) throws IOException {
    try {
      return RotationRecord.fromJson(Files.readAllBytes(folder.resolve(id).resolve("record.json")));
    } catch (NoSuchFileException finished) {
      return null;
    } catch (JacksonException | IllegalArgumentException broken) {
      throw new IOException("the record of " + id + " cannot be read", broken);
    }
  }

  /**
   * Clears away runs that were cut off before they changed anything; a live run is never seen half
   * made.
   */
  void clearAbandoned() throws IOException {
    if (folders().isEmpty()) {
      return;
    }
    locked(() -> {
      for (Path own : folders()) {
        if (!Files.exists(own.resolve("record.json"))) {
          destroy(own.getFileName().toString());
        }
      }
    });
  }

  private List<Path> folders() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  private Path copy(String id) {
    return folder.resolve(id).resolve(OLD);
  }
}
