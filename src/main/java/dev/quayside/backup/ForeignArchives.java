package dev.quayside.backup;

import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarTime;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Journal;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files that other programs made, {@code tar | gpg} first of all, and unpacks them into an
 * empty folder. Each is read to its end before anything is written, and then once more.
 */
public final class ForeignArchives {

  private static final int STEPS = 3;
  private static final Messages MESSAGES = Messages.of("foreign");

  private final Home home;
  private final Placing placing;
  private final ForeignSurvey survey;
  private final InstantSource time;

  /**
   * Makes the operations.
   *
   * @param steps marks each named step
   */
  public ForeignArchives(Home home, Journal journal, InstantSource time, StepBoundary steps) {
    this.home = home;
    this.placing = new Placing(home, journal, steps);
    this.survey = new ForeignSurvey(home, time);
    this.time = time;
  }

  /**
   * Tells by its head what {@code file} holds; nothing of it is verified.
   *
   * @throws ProblemException if it cannot be opened
   */
  public ContentKind recognise(Path file, Unlocking unlocking) throws ProblemException {
    try {
      return survey.recognise(file, unlocking);
    } catch (IOException e) {
      throw new ProblemException(ForeignProblems.of(e, file), e);
    }
  }

  /**
   * Returns whether {@code file} is of other origin. What cannot be opened is left to those who
   * know our own archives: they have the words for it.
   *
   * @param said whether it is known not to be an archive of ours with something wrong in it, so
   *     that only a sound one is not of other origin
   */
  public boolean foreign(Path file, Unlocking unlocking, boolean said) {
    try {
      ContentKind kind = recognise(file, unlocking);
      return kind != ContentKind.OURS && (said || kind != ContentKind.UNKNOWN);
    } catch (ProblemException unknown) {
      return false;
    }
  }

  /**
   * Returns whether {@code file} is encrypted, so that it takes something to open it.
   *
   * @throws ProblemException if it is not there or cannot be read
   */
  public boolean encrypted(Path file) throws ProblemException {
    try {
      OpenedArchive.size(file);
      return ForeignInput.encrypted(file);
    } catch (IOException e) {
      throw new ProblemException(ForeignProblems.of(e, file), e);
    }
  }

  /**
   * Says what is missing to restore {@code file} over a stack where nobody said into which
   * database; null if it is an archive of ours, or that cannot be told.
   *
   * @param said as for {@link #foreign}
   * @throws ProblemException if it is not there or cannot be read
   */
  public @Nullable Problem unplaced(Path file, Unlocking unlocking, boolean said)
      throws ProblemException {
    boolean encrypted = encrypted(file);
    if (!foreign(file, unlocking, said)) {
      return null;
    }
    ContentKind kind = recognise(file, unlocking);
    if (!kind.usable()) {
      return ForeignProblems.of(kind, file, encrypted);
    }
    return ForeignProblems.of(
        kind.database() ? "FOREIGN-NO-DATABASE" : "FOREIGN-NO-DUMP",
        file,
        ForeignProblems.name(kind));
  }

  /** Words that {@code file} is of other origin, which the operator has to say yes to. */
  public static Problem unasked(Path file, ContentKind kind) {
    return ForeignProblems.of("FOREIGN-ORIGIN", file, ForeignProblems.name(kind));
  }

  /** Names what a file holds, for people. */
  public static String name(ContentKind kind) {
    return ForeignProblems.name(kind);
  }

  /**
   * Reads {@code file} to its end. Blocks. Changes nothing.
   *
   * @return done if it is authentic and well-formed; attention if it is well-formed but was not
   *     encrypted, so that anybody may have changed it; found, with the fault in the report, if it
   *     is not, or holds SQL that is never sent; failed if it could not be looked at
   */
  public Outcome<ForeignReport> survey(Path file, Unlocking unlocking, Progress progress) {
    try (HeldPassphrase held = HeldPassphrase.of(unlocking)) {
      progress.step(1, 1, file.getFileName() + "");
      ForeignReport report =
          survey.read(file, held.unlocking(unlocking), progress, (bytes, nodes) -> {}).report();
      ForeignReport.Sql sql = report.sql();
      if (!report.sound() || (sql != null && sql.refusal() != null)) {
        return new Outcome.Found<>(report);
      }
      return report.encrypted()
          ? new Outcome.Done<>(report)
          : new Outcome.Attention<>(report, ForeignProblems.of("FOREIGN-PLAIN", file));
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(ForeignProblems.of(e, file));
    }
  }

  /**
   * Unpacks a tar stream into an empty folder. Blocks. The folder appears at once and whole, or not
   * at all.
   *
   * @return done; attention if not all is as it was, or the file was not encrypted; refused if it
   *     holds no files, does not fit, or the folder is not empty; failed otherwise
   */
  public Outcome<ForeignReceipt> restore(RestoreRequest request, Progress progress) {
    Path target = request.folder().toAbsolutePath().normalize();
    Path file = request.archive();
    Instant begun = time.instant();
    try (HeldPassphrase held = HeldPassphrase.of(request.unlocking())) {
      Problem obstacle = Placing.obstacle(target);
      if (obstacle != null) {
        return new Outcome.Refused<>(obstacle);
      }
      Unlocking unlocking = held.unlocking(request.unlocking());
      progress.step(1, STEPS, MESSAGES.get("step.survey"));
      RestoreRoom room = room(target.resolveSibling("x"), progress);
      ForeignSurvey.Surveyed found = survey.read(file, unlocking, progress, room::require);
      Problem fault = found.report().fault();
      if (fault != null) {
        return new Outcome.Failed<>(fault);
      }
      if (found.report().kind() != ContentKind.TAR) {
        return new Outcome.Refused<>(
            ForeignProblems.of(
                "FOREIGN-NO-FILES", file, ForeignProblems.name(found.report().kind())));
      }
      return placing.run(
          file, target, new Unpacking(file, unlocking, target, found, progress, begun));
    } catch (RefusedException e) {
      return new Outcome.Refused<>(e.problem());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(ForeignProblems.of(e, file));
    }
  }

  private static RestoreRoom room(Path sibling, Progress progress) throws IOException {
    Path parent = sibling.getParent();
    FileStore disk = Files.getFileStore(parent == null ? sibling : parent);
    return new RestoreRoom(sibling, progress, disk::getUsableSpace);
  }

  /** Writes what was surveyed. */
  private final class Unpacking implements Placing.Work<ForeignReceipt> {

    private final Path file;
    private final Unlocking unlocking;
    private final Path target;
    private final ForeignSurvey.Surveyed found;
    private final Progress progress;
    private final Instant begun;

    Unpacking(
        Path file,
        Unlocking unlocking,
        Path target,
        ForeignSurvey.Surveyed found,
        Progress progress,
        Instant begun) {
      this.file = file;
      this.unlocking = unlocking;
      this.target = target;
      this.found = found;
      this.progress = progress;
      this.begun = begun;
    }

    @Override
    public ForeignReceipt stage(Path staging) throws IOException {
      StagingFolder.create(staging);
      placing.reached(RestoreStep.STAGING_CREATED);
      progress.step(2, STEPS, MESSAGES.get("step.unpack"));
      RestoreRoom room = room(staging, progress);
      room.require(found.report().contentBytes(), found.report().entries());
      placing.reached(RestoreStep.PLAN_READ);
      Extraction extraction = new Extraction(new Below(staging), room, () -> {});
      unpack(staging, extraction);
      placing.reached(RestoreStep.VERIFIED);
      progress.step(STEPS, STEPS, MESSAGES.get("step.place"));
      extraction.complete(false, found.report().origin().known());
      placing.reached(RestoreStep.COMPLETED);
      DiskSync.tree(staging);
      placing.reached(RestoreStep.SYNCED);
      return new ForeignReceipt(
          target,
          found.report(),
          extraction.outsideLinks(),
          extraction.ownersKept(),
          extraction.reduced(),
          Duration.between(begun, time.instant()));
    }

    private void unpack(Path staging, Extraction extraction) throws IOException {
      Sha256 hash = new Sha256();
      FileFacts own = FileFacts.of(staging);
      TarTime now = TarTime.of(time.instant());
      try (ForeignInput input =
              ForeignInput.open(file, unlocking, KnownSigners.of(home), progress, hash);
          Unwrapped unwrapped =
              Unwrapped.of(input.content(), input.size(), new Meter(progress, input.size()));
          BehindSink behind = new BehindSink(extraction)) {
        new ForeignTar(unwrapped.stream(), behind, own.user(), own.group(), now).read();
        unwrapped.requireEnd();
        behind.settle();
      } catch (ProblemException e) {
        throw new RefusedException(e.problem());
      }
      if (!HexFormat.of().formatHex(hash.take()).equals(found.sha256())) {
        throw new RefusedException(ForeignProblems.of("FOREIGN-CHANGED", file));
      }
    }

    @Override
    public @Nullable Problem gaps(ForeignReceipt receipt) {
      ForeignReport source = receipt.source();
      boolean whole =
          receipt.outsideLinks().isEmpty()
              && receipt.ownersKept()
              && receipt.reduced() == 0
              && source.passed() == 0
              && source.extended() == 0;
      if (whole) {
        return source.encrypted()
            ? null
            : ForeignProblems.of("FOREIGN-RESTORED-PLAIN", receipt.folder());
      }
      return ForeignProblems.of(
          "FOREIGN-RESTORED-WITH-GAPS",
          receipt.folder(),
          MESSAGES.get("gaps.links", receipt.outsideLinks().size()),
          MESSAGES.get("gaps.passed", source.passed()),
          MESSAGES.get("gaps.extended", source.extended()),
          MESSAGES.get("gaps.reduced", receipt.reduced()),
          MESSAGES.get(receipt.ownersKept() ? "gaps.owners.kept" : "gaps.owners.lost"),
          MESSAGES.get(source.encrypted() ? "gaps.encrypted" : "gaps.plain"));
    }

    @Override
    public long entries(ForeignReceipt receipt) {
      return receipt.source().entries();
    }
  }

  /** Places everything below one folder, which no link may leave. */
  private record Below(Path folder) implements Extraction.Places {

    @Override
    public Path of(RawPath path) {
      return path.length() == 0 ? folder : RawPaths.resolve(folder, path);
    }

    @Override
    public RawPath root(RawPath path) {
      return ForeignTally.TOP;
    }
  }
}
