package dev.quayside.backup;

import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.backup.foreign.SqlGate;
import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the dump in a file of other origin to a private place, once all of the file was read to
 * its end and its SQL was found to concern one database only.
 */
public final class ForeignDump {

  private final Home home;
  private final InstantSource time;

  /** Reads files whose signers {@code home} may know. */
  public ForeignDump(Home home, InstantSource time) {
    this.home = home;
    this.time = time;
  }

  /**
   * Says what is restored.
   *
   * @param file the file
   * @param unlocking how to open it
   * @param stack where to
   * @param service the service of the server there
   * @param database which of its databases
   */
  public record Wanted(
      Path file, Unlocking unlocking, String stack, String service, String database) {

    /** Returns the path that its only part would have in an archive of ours. */
    public String part() {
      return EntryGuard.DATABASES
          + "/"
          + ArchiveName.safe(service)
          + "/"
          + ArchiveName.safe(database)
          + ".dump";
    }
  }

  /**
   * Stages the dump as the only part of an archive of which nobody knows who made it. Blocks.
   *
   * @param routing is asked for the place when everything was read
   */
  public Outcome<PartStaging.Staged> stage(
      Wanted wanted, PartStaging.Routing routing, Progress progress) {
    try (HeldPassphrase held = HeldPassphrase.of(wanted.unlocking())) {
      Unlocking unlocking = held.unlocking(wanted.unlocking());
      ForeignSurvey.Surveyed found =
          new ForeignSurvey(home, time)
              .read(wanted.file(), unlocking, progress, (bytes, nodes) -> {});
      Problem obstacle = obstacle(found.report());
      if (obstacle != null) {
        return found.report().sound()
            ? new Outcome.Refused<>(obstacle)
            : new Outcome.Failed<>(obstacle);
      }
      ArchivePlan plan = plan(wanted, found.report().contentBytes());
      Map<String, Path> places = routing.places(plan);
      Path place = places.values().iterator().next();
      write(wanted.file(), unlocking, found, place, progress);
      return new Outcome.Done<>(
          new PartStaging.Staged(plan, Origin.UNKNOWN, true, List.of(), List.of(), List.of()));
    } catch (PartStaging.Refusal e) {
      return new Outcome.Refused<>(e.problem());
    } catch (RefusedException e) {
      return new Outcome.Refused<>(e.problem());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(ForeignProblems.of(e, wanted.file()));
    }
  }

  /**
   * Says why a file that was read to its end is never loaded; null if nothing speaks against it.
   */
  public static @Nullable Problem obstacle(ForeignReport report) {
    if (report.fault() != null) {
      return report.fault();
    }
    if (!report.kind().database()) {
      return ForeignProblems.of(
          "FOREIGN-NO-DUMP", report.file(), ForeignProblems.name(report.kind()));
    }
    ForeignReport.Sql sql = report.sql();
    return sql == null ? null : sql.refusal();
  }

  /**
   * Describes the dump as the only part of an archive.
   *
   * @param bytes its size, expanded
   */
  public ArchivePlan plan(Wanted wanted, long bytes) {
    ArchivePlan.Part part =
        new ArchivePlan.Part(
            wanted.part(),
            ArchivePlan.PartKind.POSTGRES_DUMP,
            wanted.service() + "/" + wanted.database(),
            bytes,
            1,
            "",
            wanted.service(),
            ArchivePlan.Consistency.UNSURE);
    return new ArchivePlan(
        1,
        UUID.randomUUID().toString(),
        time.instant(),
        "",
        wanted.stack(),
        "",
        List.of(),
        List.of(part),
        List.of(),
        bytes,
        1,
        "");
  }

  private void write(
      Path file, Unlocking unlocking, ForeignSurvey.Surveyed found, Path place, Progress progress)
      throws IOException, ProblemException {
    Path parent = place.getParent();
    FileStore disk = Files.getFileStore(parent == null ? place : parent);
    RestoreRoom room = new RestoreRoom(place, progress, disk::getUsableSpace);
    room.require(found.report().contentBytes(), 1);
    Sha256 hash = new Sha256();
    try (ForeignInput input =
            ForeignInput.open(file, unlocking, KnownSigners.of(home), progress, hash);
        Unwrapped unwrapped =
            Unwrapped.of(input.content(), input.size(), new Meter(progress, input.size()));
        FileChannel channel =
            FileChannel.open(
                place,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")))) {
      OutputStream out = room.watching(Channels.newOutputStream(channel));
      if (unwrapped.kind() == ContentKind.SQL) {
        SqlGate gate = new SqlGate(out);
        unwrapped.stream().transferTo(gate);
        gate.end();
      } else {
        unwrapped.stream().transferTo(out);
      }
      unwrapped.requireEnd();
      channel.force(true);
    }
    if (!HexFormat.of().formatHex(hash.take()).equals(found.sha256())) {
      throw new RefusedException(ForeignProblems.of("FOREIGN-CHANGED", file));
    }
  }
}
