package dev.quayside.backup;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.backup.tar.RawPath;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes chosen parts of an archive to places of their own while all of it is read and compared.
 * What lies there is worth nothing unless {@link #read} ends as done.
 */
public final class PartStaging {

  private PartStaging() {}

  /** Decides what is written where. */
  public interface Routing {
    /**
     * Returns the place of each chosen part by its path in the archive; none of the places exists
     * yet. Called once, when the head of the archive was read; nothing of it is verified then.
     */
    Map<String, Path> places(ArchivePlan plan) throws IOException, ProblemException, Refusal;

    /**
     * Returns who takes each chosen part that is not written to a path, by its path in the archive.
     * Called once, after {@link #places}.
     */
    default Map<String, Receiver> receivers() throws IOException, ProblemException, Refusal {
      return Map.of();
    }
  }

  /** Unpacks a part somewhere where only somebody else can. */
  public interface Receiver {

    /** Returns the name under which the part comes out. */
    String name();

    /** Unpacks a tar stream. Blocks; on a thread of its own. */
    void take(InputStream tar) throws IOException, ProblemException;

    /** Returns what is there now as a tar stream of one folder, so that it can be compared. */
    InputStream back() throws IOException, ProblemException;
  }

  /** Tells that a guard refused. */
  public static final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Refuses because of {@code problem}. */
    public Refusal(Problem problem) {
      super(problem.code());
      this.problem = problem;
    }

    /** Returns what spoke against it. */
    public Problem problem() {
      return problem;
    }
  }

  /**
   * Proves that chosen parts were written and the whole archive agreed with its seal.
   *
   * @param plan what the archive says it holds
   * @param origin who made it, as far as can be told
   * @param ownersKept whether every owner and group could be set
   * @param outsideLinks symbolic links that lead out of their folder
   * @param unread what could not be read when the archive was made
   * @param changed files that changed while it was made
   */
  public record Staged(
      ArchivePlan plan,
      Origin origin,
      boolean ownersKept,
      List<String> outsideLinks,
      List<BackupReceipt.Unread> unread,
      List<String> changed) {

    /** Makes the lists immutable. */
    public Staged {
      outsideLinks = List.copyOf(outsideLinks);
      unread = List.copyOf(unread);
      changed = List.copyOf(changed);
    }
  }

  /**
   * Reads all of {@code archive}, whose signers {@code home} may know, and writes what {@code
   * routing} chooses. Blocks.
   */
  public static Outcome<Staged> read(
      Home home, Path archive, Unlocking unlocking, Routing routing, Progress progress) {
    Map<RawPath, TarUpload> uploads = new HashMap<>();
    try (OpenedArchive opened =
        OpenedArchive.open(archive, unlocking, KnownSigners.of(home), progress)) {
      List<Path> places = new ArrayList<>();
      PartSink sink = new PartSink(plan -> begin(home, plan, routing, progress, places, uploads));
      ArchiveReader.Contents contents;
      try (BehindSink behind = new BehindSink(sink)) {
        contents = new ArchiveReader(opened.decrypted(), behind).read();
        behind.settle();
      }
      List<String> outside = new ArrayList<>();
      for (TarUpload upload : uploads.values()) {
        upload.end();
      }
      for (TarUpload upload : uploads.values()) {
        upload.finish();
        outside.addAll(upload.outside());
      }
      Extraction extraction = sink.begun().extraction();
      extraction.complete(opened.origin().known());
      outside.addAll(extraction.outsideLinks());
      for (Path place : places) {
        if (Files.isDirectory(place)) {
          DiskSync.tree(place);
        }
      }
      return new Outcome.Done<>(
          new Staged(
              contents.plan(),
              opened.origin(),
              extraction.ownersKept(),
              outside,
              contents.seal().unread(),
              contents.seal().changed()));
    } catch (RefusedException e) {
      return new Outcome.Refused<>(e.problem());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(problem(stopped(uploads, e), archive));
    } finally {
      uploads.values().forEach(TarUpload::close);
    }
  }

  /** Returns why an upload was ended, of which {@code otherwise} is only what the sender saw. */
  private static IOException stopped(Map<RawPath, TarUpload> uploads, IOException otherwise) {
    for (TarUpload each : uploads.values()) {
      IOException why = each.stopped();
      if (why != null) {
        return why;
      }
    }
    return otherwise;
  }

  private static Problem problem(IOException e, Path archive) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof ProblemException known) {
        return known.problem();
      }
    }
    return ArchiveProblems.of(e, archive);
  }

  private static PartSink.Begun begin(
      Home home,
      ArchivePlan plan,
      Routing routing,
      Progress progress,
      List<Path> places,
      Map<RawPath, TarUpload> uploads)
      throws IOException {
    Map<String, Path> chosen;
    try {
      chosen = routing.places(plan);
      for (Map.Entry<String, Receiver> each : routing.receivers().entrySet()) {
        RawPath part = RawPath.of(each.getKey());
        uploads.put(part, new TarUpload(part, each.getValue(), progress));
      }
    } catch (Refusal e) {
      throw new RefusedException(e.problem());
    } catch (ProblemException e) {
      throw new TargetException(new IOException(e));
    }
    places.addAll(chosen.values());
    room(plan, chosen, progress);
    PartRoutes routes = new PartRoutes(chosen, uploads.keySet());
    // Where nothing is written here, the disk of Quayside's own files tells of a cancel.
    Path any = chosen.isEmpty() ? home.state() : chosen.values().iterator().next();
    FileStore disk = Files.getFileStore(parent(any));
    RestoreRoom watch = new RestoreRoom(any, progress, disk::getUsableSpace);
    return new PartSink.Begun(routes, new Extraction(routes::place, watch, () -> {}), uploads);
  }

  /** Refuses what does not fit on one of the disks, both sets at once. */
  private static void room(ArchivePlan plan, Map<String, Path> chosen, Progress progress)
      throws IOException {
    Map<FileStore, List<ArchivePlan.Part>> byDisk = new HashMap<>();
    Map<FileStore, Path> named = new HashMap<>();
    for (ArchivePlan.Part part : plan.parts()) {
      Path place = chosen.get(part.path());
      if (place != null) {
        FileStore disk = Files.getFileStore(parent(place));
        byDisk.computeIfAbsent(disk, _ -> new ArrayList<>()).add(part);
        named.putIfAbsent(disk, place);
      }
    }
    for (Map.Entry<FileStore, List<ArchivePlan.Part>> each : byDisk.entrySet()) {
      FileStore disk = each.getKey();
      Path place = named.getOrDefault(disk, Path.of(""));
      new RestoreRoom(place, progress, disk::getUsableSpace).require(only(plan, each.getValue()));
    }
  }

  private static ArchivePlan only(ArchivePlan plan, List<ArchivePlan.Part> parts) {
    return new ArchivePlan(
        plan.format(),
        plan.id(),
        plan.created(),
        plan.madeBy(),
        plan.stack(),
        plan.kind(),
        plan.services(),
        parts,
        plan.leftOut(),
        plan.mostBytes(),
        plan.mostEntries(),
        plan.journalHead());
  }

  private static Path parent(Path place) throws IOException {
    Path parent = place.getParent();
    if (parent == null) {
      throw new IOException("no folder above " + place);
    }
    return parent;
  }

  /** Returns whether nobody but us and root can exchange what lies in {@code parent}. */
  public static boolean safeIn(Path parent) throws IOException {
    return StagingFolder.safeIn(parent);
  }

  /**
   * Removes of a folder what may be removed, following no link; nothing there is no error.
   *
   * @return whether nothing of it is left
   * @throws IOException if something is mounted in it; nothing is removed then
   */
  public static boolean removeMost(Path folder) throws IOException {
    return StagingFolder.removeMost(folder) == null;
  }

  /** Removes a file, or a folder with all in it, following no link; nothing there is no error. */
  public static void remove(Path place) throws IOException {
    if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(place);
    } else {
      StagingFolder.remove(place);
    }
  }
}
