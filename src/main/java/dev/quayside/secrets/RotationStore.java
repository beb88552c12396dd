package dev.quayside.secrets;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProcessIdentity;
import dev.quayside.common.ProcessLock;
import dev.quayside.stack.EnvFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Keeps the write-ahead records of rotations, one folder each below the state folder (modes 0700
 * and 0600): the record, the copy of the old file while it is needed, and the identity of the
 * Compose process while one runs.
 */
final class RotationStore {

  private static final Duration STORE_PATIENCE = Duration.ofSeconds(20);

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
    AtomicFiles.createFolder(locks);
    String name = EnvFile.hash(file.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    return ProcessLock.acquire(locks.resolve("env-" + name + ".lock"), patience);
  }

  /** Keeps the old content, then the record: where the record is, the copy is too. */
  void create(RotationRecord record, byte[] oldContent) throws IOException {
    locked(() -> {
      Path own = folder.resolve(record.id());
      AtomicFiles.createFolder(own);
      AtomicFiles.create(copy(record.id()), oldContent);
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

  /** Overwrites and deletes the copy of the old file. */
  void destroyCopy(String id) throws IOException {
    AtomicFiles.destroy(copy(id));
  }

  /** Forgets a run; its copy of the old file is destroyed first. */
  void remove(String id) throws IOException {
    locked(() -> destroy(id));
  }

  private void destroy(String id) throws IOException {
    Path own = folder.resolve(id);
    if (!Files.isDirectory(own)) {
      return;
    }
    destroyCopy(id);
    for (String name : List.of("child", "receipt.json", "record.json")) {
      AtomicFiles.delete(own.resolve(name));
    }
    try (Stream<Path> rest = Files.list(own)) {
      // A temporary file of a write that was cut off.
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

  void noteChild(String id, ProcessIdentity child) throws IOException {
    byte[] text = (child.pid() + " " + child.startedAt()).getBytes(StandardCharsets.US_ASCII);
    AtomicFiles.replace(child(id), text);
  }

  /** Returns the Compose process that a cut-off run may have left behind, or null. */
  @Nullable ProcessIdentity leftChild(String id) throws IOException {
    try {
      String[] parts =
          new String(Files.readAllBytes(child(id)), StandardCharsets.US_ASCII).split(" ", 2);
      return new ProcessIdentity(Long.parseLong(parts[0]), Instant.parse(parts[1]));
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  /**
   * Returns the records of all runs that are not finished. A folder without a record never changed
   * anything.
   */
  List<RotationRecord> unfinished() throws IOException {
    List<RotationRecord> records = new ArrayList<>();
    for (Path own : folders()) {
      try {
        records.add(RotationRecord.fromJson(Files.readAllBytes(own.resolve("record.json"))));
      } catch (NoSuchFileException neverBegan) {
        // Cut off before the record was there: nothing but this folder was touched; see
        // clearAbandoned().
      } catch (JacksonException | IllegalArgumentException broken) {
        throw new IOException("the record in " + own + " cannot be read", broken);
      }
    }
    return records;
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
    return folder.resolve(id).resolve("old");
  }

  private Path child(String id) {
    return folder.resolve(id).resolve("child");
  }
}
