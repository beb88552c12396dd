package dev.quayside.backup.landing;

import dev.quayside.backup.StackHold;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the record of each stack's restore; there is at most one for a stack. */
final class LandingRecords {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String SUFFIX = ".json";

  private final Home home;
  private final Path folder;

  LandingRecords(Home home) {
    this.home = home;
    this.folder = StackHold.folder(home);
  }

  /**
   * Holds the stack for one restore, undo or acceptance; null if somebody alive has it, who may be
   * saving it.
   */
  @Nullable ProcessLock hold(String stack) throws IOException {
    return StackHold.take(home, stack);
  }

  /** Returns the private folder for the dumps of the restore {@code id}; it is not made. */
  Path dumps(String id) {
    return folder.resolve(id + ".dumps");
  }

  void write(LandingRecord record) throws IOException {
    AtomicFiles.createFolder(folder);
    AtomicFiles.replace(file(record.stack()), MAPPER.writeValueAsBytes(record));
  }

  void remove(String stack) throws IOException {
    AtomicFiles.delete(file(stack));
  }

  @Nullable LandingRecord read(String stack) throws IOException {
    return read(file(stack));
  }

  /** Returns all records, in no particular order. */
  List<LandingRecord> all() throws IOException {
    List<LandingRecord> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        LandingRecord record = read(file);
        if (record != null) {
          all.add(record);
        }
      }
    } catch (NoSuchFileException noneYet) {
      return List.of();
    }
    return all;
  }

  private static @Nullable LandingRecord read(Path file) throws IOException {
    try {
      return MAPPER.readValue(Files.readAllBytes(file), LandingRecord.class);
    } catch (NoSuchFileException none) {
      return null;
    } catch (JacksonException e) {
      throw new IOException("a record that cannot be read: " + file, e);
    }
  }

  private Path file(String stack) {
    return folder.resolve(StackHold.name(stack) + SUFFIX);
  }
}
