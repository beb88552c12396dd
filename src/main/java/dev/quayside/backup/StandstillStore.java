package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.RuntimeFacts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Remembers what was stopped for a copy, from before it is stopped until it runs again, so that the
 * next start brings back what a killed process left standing.
 */
final class StandstillStore {

  private static final String SUFFIX = ".json";

  private final Path folder;

  StandstillStore(Home home) {
    this.folder = home.state().resolve("backup").resolve("standstill");
  }

  /**
   * Describes what stands still.
   *
   * @param id identity of the backup
   * @param stack the stack
   * @param engine where the containers are; null in records of the first days
   * @param stopped what has to run again, in the order in which it was stopped
   */
  record Entry(String id, String stack, @Nullable String engine, List<Stopped> stopped) {
    Entry {
      stopped = List.copyOf(stopped);
    }
  }

  /**
   * Names a container that is stopped.
   *
   * @param service its service
   * @param container its identity
   * @param startedAt when the run began that is ended; null in records of the first days
   * @param finishedAt when it ended; null until it has
   */
  record Stopped(
      String service, String container, @Nullable Instant startedAt, @Nullable Instant finishedAt) {

    ContainerId containerId() {
      return new ContainerId(container);
    }

    /** Returns this with the end that {@code now} tells. */
    Stopped ended(Container now) {
      RuntimeFacts facts = now.facts();
      return new Stopped(service, container, startedAt, facts == null ? null : facts.finishedAt());
    }

    /**
     * Returns whether it stands because we stopped it. Somebody may have started it since, and
     * stopped it again: that is for him to end.
     */
    boolean stillOurs(Container now) {
      RuntimeFacts facts = now.facts();
      if (now.live() || facts == null) {
        return false;
      }
      boolean sameRun = startedAt == null || startedAt.equals(facts.startedAt());
      return sameRun && (finishedAt == null || finishedAt.equals(facts.finishedAt()));
    }
  }

  void write(Entry entry) throws IOException {
    AtomicFiles.createFolder(folder);
    AtomicFiles.replace(file(entry.id()), Json.MAPPER.writeValueAsBytes(entry));
  }

  void remove(String id) throws IOException {
    AtomicFiles.delete(file(id));
  }

  List<Entry> all() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        entries.add(Json.MAPPER.readValue(Files.readAllBytes(file), Entry.class));
      }
    } catch (NoSuchFileException none) {
      return List.copyOf(entries);
    } catch (JacksonException e) {
      throw new IOException("a record that cannot be read in " + folder, e);
    }
    return entries;
  }

  private Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }
}
