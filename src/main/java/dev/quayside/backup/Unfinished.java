package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProcessIdentity;
import dev.quayside.journal.Intent;
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
 * Keeps the records of backups and restores that are under way: written before anything else is,
 * removed at the end, so that the next start knows what a killed process left.
 */
final class Unfinished {

  /** Names what is under way. */
  enum Work {
    CREATE,
    RESTORE
  }

  /**
   * Describes one of them.
   *
   * @param work what it is
   * @param id identity of the archive, or of the restore
   * @param pid process that works on it
   * @param startedAt when that process started
   * @param temporary the hidden file or staging folder, as a file URI
   * @param target the final name, as a file URI
   * @param intent id of the journal's announcement
   * @param subject subject of the journal's announcement
   * @param compression of the archive; null for a restore
   * @param shelved what goes on the shelf when it is done; null for a restore, or as long as it is
   *     not known
   */
  record Entry(
      Work work,
      String id,
      long pid,
      Instant startedAt,
      String temporary,
      String target,
      String intent,
      String subject,
      @Nullable Compression compression,
      @Nullable StoredArchive shelved) {

    boolean abandoned() {
      return !new ProcessIdentity(pid, startedAt).alive();
    }

    Entry with(StoredArchive archive) {
      return new Entry(
          work, id, pid, startedAt, temporary, target, intent, subject, compression, archive);
    }
  }

  private static final String SUFFIX = ".json";

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
      @Nullable Compression compression) {
    ProcessIdentity us = ProcessIdentity.of(ProcessHandle.current());
    return new Entry(
        work,
        id,
        us.pid(),
        us.startedAt(),
        RawPaths.stored(temporary),
        RawPaths.stored(target),
        intent.id(),
        intent.subject(),
        compression,
        null);
  }

  void write(Entry entry) throws IOException {
    AtomicFiles.createFolder(folder);
    AtomicFiles.replace(file(entry), Json.MAPPER.writeValueAsBytes(entry));
  }

  void remove(Entry entry) throws IOException {
    AtomicFiles.delete(file(entry));
  }

  /** Returns what is under way, in this process and in others, and what was abandoned. */
  List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        try {
          entries.add(Json.MAPPER.readValue(Files.readAllBytes(file), Entry.class));
        } catch (NoSuchFileException e) {
          // It finished meanwhile.
        } catch (JacksonException e) {
          throw new IOException("a record that cannot be read: " + file, e);
        }
      }
    } catch (NoSuchFileException noneYet) {
      return List.of();
    }
    return entries;
  }

  private Path file(Entry entry) {
    return folder.resolve(entry.id() + SUFFIX);
  }
}
