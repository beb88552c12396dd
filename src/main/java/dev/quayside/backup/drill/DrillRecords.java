package dev.quayside.backup.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the record of a drill that is under way: which engine it uses and which containers it is
 * about to make, written before it makes them. Whoever drills or cleans up holds one lock, so a
 * record that is met under it was left by a kill.
 */
final class DrillRecords {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Path locks;

  DrillRecords(Home home) {
    this.folder = home.state().resolve("backup").resolve("drilling");
    this.locks = home.state().resolve("locks");
  }

  /**
   * Describes one drill.
   *
   * @param id its identity, which every container of it carries as a label
   * @param archive the archive's name, for people
   * @param engine address of the engine that has the containers
   * @param intent id of the journal's announcement
   * @param subject subject of the journal's announcement
   * @param containers names of the containers, in the order of their making
   */
  record Entry(
      String id,
      String archive,
      String engine,
      String intent,
      String subject,
      List<String> containers) {

    Entry {
      containers = List.copyOf(containers);
    }

    Entry with(String container) {
      List<String> more = new ArrayList<>(containers);
      more.add(container);
      return new Entry(id, archive, engine, intent, subject, more);
    }
  }

  /** Takes the lock; null if a drill is under way. */
  @Nullable ProcessLock lock() throws IOException {
    AtomicFiles.createFolder(locks);
    return ProcessLock.acquire(locks.resolve("backup-drill.lock"), Duration.ZERO);
  }

  void write(Entry entry) throws IOException {
    AtomicFiles.createFolder(folder);
    AtomicFiles.replace(file(entry.id()), MAPPER.writeValueAsBytes(entry));
  }

  void remove(String id) throws IOException {
    AtomicFiles.delete(file(id));
  }

  /** Returns all records; those of a living drill too, unless the lock is held. */
  List<Entry> all() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        entries.add(MAPPER.readValue(Files.readAllBytes(file), Entry.class));
      }
    } catch (NoSuchFileException noneYet) {
      return List.of();
    } catch (JacksonException e) {
      throw new IOException("a record in " + folder + " cannot be read", e);
    }
    return List.copyOf(entries);
  }

  private Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }
}
