package dev.quayside.backup;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Remembers which archives were made and verified: one small file each, so that threads and
 * processes do not disturb one another.
 */
public final class BackupShelf {

  private static final String SUFFIX = ".json";
  private static final int HASH_BYTES = 8;

  /** Another archive lies where the known one was. */
  private static final String REPLACED = "BACKUP-ALTERED";

  private static final int IDENTITY_LENGTH = 36;

  private final Path folder;
  private final Home home;
  private final PresenceLook looking = new PresenceLook();

  /** Keeps the records in the state folder. */
  public BackupShelf(Home home) {
    this.home = home;
    this.folder = home.state().resolve("backup").resolve("shelf");
  }

  /**
   * Returns what is on the shelf, newest first; archives that have vanished since are listed too.
   * Reads a few small files.
   *
   * @throws ProblemException if the records cannot be read
   */
  public List<ShelvedArchive> list() throws ProblemException {
    List<ShelvedArchive> archives = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        archives.add(read(file));
      }
    } catch (NoSuchFileException noneYet) {
      return List.of();
    } catch (IOException e) {
      throw new ProblemException(
          ArchiveProblems.of("BACKUP-SHELF-UNREADABLE", folder).withDetail(e.toString()), e);
    }
    archives.sort(Comparator.comparing(ShelvedArchive::created).reversed());
    return List.copyOf(archives);
  }

  /**
   * Returns what {@link #list} does, and looks whether each file is there. May take seconds where a
   * disk or a share does not answer.
   *
   * @throws ProblemException if the records cannot be read
   */
  public List<ShelvedArchive> look() throws ProblemException {
    return looking.of(list());
  }

  private static ShelvedArchive read(Path file) throws IOException {
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file), StoredArchive.class).shelved();
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException("a record that cannot be read: " + file, e);
    }
  }

  /** Puts an archive on the shelf, or replaces what was known of it. */
  void put(ShelvedArchive archive) throws IOException {
    AtomicFiles.createFolder(folder);
    AtomicFiles.replace(
        file(archive.id()), Json.MAPPER.writeValueAsBytes(StoredArchive.of(archive)));
  }

  /** Returns whose signatures are worth something here. */
  KnownSigners signers() throws IOException {
    return KnownSigners.of(home);
  }

  /**
   * Notes what a verification showed; an archive made elsewhere is put on the shelf by it. A fault
   * is noted of every record of that file, whatever the file says of itself now.
   */
  void verified(VerificationReport report, Instant at) throws IOException, ProblemException {
    Path archive = report.archive().toAbsolutePath();
    Problem fault = report.fault();
    if (fault != null) {
      spoil(archive, "", fault.code());
      return; // what an unsound archive says of itself is not worth keeping
    }
    ArchivePlan plan = report.plan();
    if (plan == null) {
      return; // without an identity there is nothing to note it under
    }
    spoil(archive, plan.id(), REPLACED);
    String id = plan.id();
    ShelvedArchive known = known(id);
    if (known != null && !known.archive().equals(archive)) {
      // Whoever has the public key can give an archive of theirs the identity of ours. And a copy
      // stands for itself: only what is gone where it was has moved.
      String beside = elsewhere(id, archive);
      if (!report.origin().known() || known(beside) != null || !gone(known)) {
        id = beside;
        known = known(id);
      }
    }
    if (known != null && !same(known, report, plan)) {
      // What the new file says of itself must not pass for what was written here.
      put(known.faulty(REPLACED));
      return;
    }
    put(
        new ShelvedArchive(
            id,
            plan.stack(),
            archive,
            plan.created(),
            report.bytes(),
            report.contentBytes(),
            report.entries(),
            (known == null || known.complete()) && report.complete(),
            at,
            null,
            // A drill asks who made it, so what was proven was of somebody we know.
            known == null || !report.origin().known() ? null : known.proof(),
            plan.holds()));
  }

  /** Returns whether it is the file that was known, as far as can be told without its maker. */
  private static boolean same(ShelvedArchive known, VerificationReport report, ArchivePlan plan) {
    return report.origin().known()
        || (known.bytes() == report.bytes() && known.created().equals(plan.created()));
  }

  /** Notes a fault of every archive at {@code place} but the one called {@code but}. */
  private void spoil(Path place, String but, String code) throws IOException, ProblemException {
    for (ShelvedArchive each : list()) {
      if (each.archive().equals(place) && !identity(each.id()).equals(but)) {
        put(each.faulty(code));
      }
    }
  }

  private boolean gone(ShelvedArchive known) {
    return looking.of(List.of(known)).getFirst().presence() == Presence.FILE_GONE;
  }

  /**
   * Notes what a drill showed of the archive {@code id} at {@code archive}, which was verified just
   * before and so is on the shelf.
   */
  public void drilled(String id, Path archive, Proof proof) throws IOException {
    Path place = archive.toAbsolutePath();
    for (String name : List.of(id, elsewhere(id, place))) {
      ShelvedArchive known = known(name);
      if (known != null && known.archive().equals(place)) {
        put(known.with(proof));
        return;
      }
    }
  }

  /** Takes an archive off the shelf. */
  void remove(String id) throws IOException {
    AtomicFiles.delete(file(id));
  }

  /** Returns the record of a copy of {@code archive} that lies at {@code place}. */
  static ShelvedArchive copyOf(ShelvedArchive archive, Path place) {
    return new ShelvedArchive(
        elsewhere(identity(archive.id()), place),
        archive.stack(),
        place,
        archive.created(),
        archive.bytes(),
        archive.contentBytes(),
        archive.entries(),
        archive.complete(),
        null,
        null,
        null,
        archive.holds());
  }

  /** Returns the identity that stands in the archive, of the id of any record about it. */
  static String identity(String id) {
    return id.substring(0, Math.min(id.length(), IDENTITY_LENGTH));
  }

  private @Nullable ShelvedArchive known(String id) throws IOException {
    return Files.exists(file(id)) ? read(file(id)) : null;
  }

  private static String elsewhere(String id, Path archive) {
    byte[] hash = Sha256.of(RawPaths.stored(archive).getBytes(StandardCharsets.UTF_8));
    return id + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
  }

  private Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }
}
