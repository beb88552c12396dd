package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.engine.ContainerId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
   * @param stopped what has to run again, in the order in which it was stopped
   */
  record Entry(String id, String stack, List<Stopped> stopped) {
    Entry {
      stopped = List.copyOf(stopped);
    }
  }

  /** A container that was stopped. */
  record Stopped(String service, String container) {
    ContainerId containerId() {
      return new ContainerId(container);
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
