package dev.quayside.stack.layer;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.ProcessNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Keeps records and copies of what is carried over, one folder each below the state folder (modes
 * 0700 and 0600).
 */
final class LayerStore {

  private static final String RECORD = "record.json";

  /** Tells whose record lies beside it, should that be unreadable. */
  private static final String PROJECT = "project";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Path aside;
  private final Path locks;

  LayerStore(Home home) {
    this.folder = home.state().resolve("layers");
    this.aside = home.state().resolve("layers-left");
    this.locks = home.state().resolve("locks");
  }

  /** Takes the lock of a project; null where somebody else holds it. */
  @Nullable ProcessLock lock(String project, Duration patience) throws IOException {
    AtomicFiles.createFolder(locks);
    byte[] name = project.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      String file = "layer-" + HexFormat.of().formatHex(hash, 0, 16) + ".lock";
      return ProcessLock.acquire(locks.resolve(file), patience);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Returns whether anything lies here, of living processes too. */
  boolean begun() {
    String[] names = folder.toFile().list();
    return names != null && names.length > 0;
  }

  /** Returns whether anything of the change {@code id} lies here. */
  boolean has(String id) {
    return Files.isDirectory(folder.resolve(id));
  }

  /** Makes room for the copies of {@code record} and keeps it; nothing may be changed before. */
  void create(LayerRecord record) throws IOException {
    alone(() -> {
      destroy(record.id());
      Path own = folder.resolve(record.id());
      AtomicFiles.createFolder(own);
      AtomicFiles.create(own.resolve(PROJECT), record.project().getBytes(StandardCharsets.UTF_8));
      save(record);
      AtomicFiles.force(folder);
    });
  }

  /** Clears away what has no record: nothing was changed for it, or all of it is done. */
  void clear(String id) throws IOException {
    alone(() -> {
      if (!Files.exists(folder.resolve(id).resolve(RECORD))) {
        destroy(id);
      }
    });
  }

  private interface Work {
    void run() throws IOException;
  }

  /** A folder that another process is just making must not look like one without a record. */
  private void alone(Work work) throws IOException {
    AtomicFiles.createFolder(locks);
    Path file = locks.resolve("layers.lock");
    try (ProcessLock lock = ProcessLock.acquire(file, PATIENCE)) {
      if (lock == null) {
        throw new IOException("another process holds " + file);
      }
      work.run();
    }
  }

  void save(LayerRecord record) throws IOException {
    AtomicFiles.replace(folder.resolve(record.id()).resolve(RECORD), record.toJson());
  }

  /** Returns where the copy of the container at {@code index} lies. */
  Path copy(String id, int index) {
    return folder.resolve(id).resolve(index + ".tar");
  }

  ProcessNote child(String id) {
    return new ProcessNote(folder.resolve(id).resolve("child"));
  }

  /** Returns the identities of all that lies here. */
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

  /** Returns the record as it is now; null where it is finished or was never begun. */
  @Nullable LayerRecord record(String id) throws IOException {
    try {
      return LayerRecord.fromJson(Files.readAllBytes(folder.resolve(id).resolve(RECORD)));
    } catch (NoSuchFileException finished) {
      return null;
    } catch (JacksonException | IllegalArgumentException broken) {
      throw new IOException("the record of " + id + " cannot be read", broken);
    }
  }

  /** Returns the project of what lies under {@code id}; empty where that cannot be told. */
  String project(String id) {
    try {
      return Files.readString(folder.resolve(id).resolve(PROJECT));
    } catch (IOException unknown) {
      return "";
    }
  }

  /**
   * Overwrites and deletes the copies, after the record: a copy without a record is cleared away at
   * the next start, a record without its copy could not be finished.
   */
  void destroy(String id) throws IOException {
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

  /** Puts one copy where nothing takes it away any more, and returns where that is. */
  Path setAside(String id, int index, String service) throws IOException {
    AtomicFiles.createFolder(aside);
    // The name of a service comes from a label, which is anybody's to set.
    String safe = service.replaceAll("[^A-Za-z0-9_.-]", "_");
    Path target = aside.resolve(id + "-" + safe + ".tar");
    for (int number = 2; Files.exists(target); number++) {
      target = aside.resolve(id + "-" + safe + "-" + number + ".tar");
    }
    Files.move(copy(id, index), target, StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.force(aside);
    AtomicFiles.force(folder.resolve(id));
    return target;
  }
}
