package dev.quayside.backup.drill;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Keeps what every drill showed, one small file each. */
public final class DrillHistory {

  private static final String SUFFIX = ".json";

  private final Path folder;

  /** Keeps the records in the state folder. */
  public DrillHistory(Home home) {
    this.folder = home.state().resolve("backup").resolve("drills");
  }

  /** The form in which a drill is kept: its path as a URI, which keeps every byte. */
  private record Stored(
      String id,
      String archive,
      String archiveId,
      String stack,
      Instant at,
      long tookMillis,
      boolean complete,
      List<DrilledService> services) {

    static Stored of(DrillReceipt receipt) {
      return new Stored(
          receipt.id(),
          receipt.archive().toUri().toString(),
          receipt.archiveId(),
          receipt.stack(),
          receipt.at(),
          receipt.took().toMillis(),
          receipt.complete(),
          receipt.services());
    }

    DrillReceipt receipt() {
      return new DrillReceipt(
          id,
          Path.of(URI.create(archive)),
          archiveId,
          stack,
          at,
          Duration.ofMillis(tookMillis),
          complete,
          services,
          null);
    }
  }

  /**
   * Returns all drills, newest first. Reads a few small files.
   *
   * @throws ProblemException if a record cannot be read
   */
  public List<DrillReceipt> list() throws ProblemException {
    List<DrillReceipt> receipts = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        receipts.add(read(file));
      }
    } catch (NoSuchFileException noneYet) {
      return List.of();
    } catch (IOException e) {
      throw new ProblemException(
          Messages.of("drill").problem("DRILL-HISTORY-UNREADABLE", folder).withDetail(e.toString()),
          e);
    }
    receipts.sort(Comparator.comparing(DrillReceipt::at).reversed());
    return List.copyOf(receipts);
  }

  private static DrillReceipt read(Path file) throws IOException {
    try {
      return DrillRecords.MAPPER.readValue(Files.readAllBytes(file), Stored.class).receipt();
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new IOException("a record that cannot be read: " + file, e);
    }
  }

  void add(DrillReceipt receipt) throws IOException {
    AtomicFiles.createFolder(folder);
    AtomicFiles.replace(
        file(receipt.id()), DrillRecords.MAPPER.writeValueAsBytes(Stored.of(receipt)));
  }

  boolean has(String id) {
    return Files.exists(file(id));
  }

  private Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }
}
