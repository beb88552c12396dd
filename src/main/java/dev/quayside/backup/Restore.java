package dev.quayside.backup;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Restores an archive into an empty folder. */
public final class Restore {

  static final String ACTION = "backup.restore";

  private static final int STEPS = 3;
  private static final int LONGEST_FOREIGN = 100;
  private static final Messages MESSAGES = Messages.of("backup");

  private final Home home;
  private final Placing placing;
  private final InstantSource time;

  /**
   * Makes the operation.
   *
   * @param steps marks each named step
   */
  public Restore(Home home, Journal journal, InstantSource time, StepBoundary steps) {
    this.home = home;
    this.placing = new Placing(home, journal, steps);
    this.time = time;
  }

  /**
   * Restores. Blocks. Everything is read and compared in a staging folder beside the target first;
   * the target appears at once and whole, or not at all.
   *
   * @return done; attention if something of the set is missing or changed, with the list; refused
   *     if the target is not empty or is short of room; failed otherwise
   */
  public Outcome<RestoreReceipt> run(RestoreRequest request, Progress progress) {
    Path target = request.folder().toAbsolutePath().normalize();
    Instant begun = time.instant();
    try {
      Problem obstacle = Placing.obstacle(target);
      if (obstacle != null) {
        return new Outcome.Refused<>(obstacle);
      }
      progress.step(1, STEPS, MESSAGES.get("step.open"));
      try (OpenedArchive opened =
          OpenedArchive.open(
              request.archive(), request.unlocking(), KnownSigners.of(home), progress)) {
        return restore(request.archive(), opened, target, progress, begun);
      }
    } catch (RefusedException e) {
      return new Outcome.Refused<>(e.problem());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      boolean gone = e instanceof TargetException failed && failed.gone();
      return new Outcome.Failed<>(ArchiveProblems.of(e, gone ? target : request.archive()));
    }
  }

  private Outcome<RestoreReceipt> restore(
      Path archive, OpenedArchive opened, Path target, Progress progress, Instant begun)
      throws IOException, ProblemException {
    return placing.run(
        archive,
        target,
        new Placing.Work<>() {
          @Override
          public RestoreReceipt stage(Path staging) throws IOException {
            return Restore.this.stage(opened, staging, target, progress, begun);
          }

          @Override
          public @Nullable Problem gaps(RestoreReceipt receipt) {
            return Restore.gaps(receipt);
          }

          @Override
          public long entries(RestoreReceipt receipt) {
            return receipt.entries();
          }
        });
  }

  private RestoreReceipt stage(
      OpenedArchive opened, Path staging, Path target, Progress progress, Instant begun)
      throws IOException {
    StagingFolder.create(staging);
    placing.reached(RestoreStep.STAGING_CREATED);
    progress.step(2, STEPS, MESSAGES.get("step.verify"));
    FileStore disk = Files.getFileStore(staging);
    RestoreRoom room = new RestoreRoom(staging, progress, disk::getUsableSpace);
    Extraction extraction =
        new Extraction(staging, room, () -> placing.reached(RestoreStep.PLAN_READ));
    ArchiveReader.Contents contents;
    try (BehindSink behind = new BehindSink(extraction)) {
      contents = new ArchiveReader(opened.decrypted(), behind).read();
      behind.settle();
    }
    placing.reached(RestoreStep.VERIFIED);
    progress.step(STEPS, STEPS, MESSAGES.get("step.place"));
    // Who signed is known only now that everything is read.
    extraction.complete(opened.origin().known());
    notes(contents.plan(), staging);
    placing.reached(RestoreStep.COMPLETED);
    DiskSync.tree(staging);
    placing.reached(RestoreStep.SYNCED);
    Seal seal = contents.seal();
    return new RestoreReceipt(
        target,
        contents.plan(),
        seal.entryCount(),
        seal.contentBytes(),
        opened.origin(),
        extraction.outsideLinks(),
        extraction.ownersKept(),
        seal.unread(),
        seal.changed(),
        Duration.between(begun, time.instant()));
  }

  /** Leaves the plan and, where there are dumps, a note on how they are put into a server. */
  private static void notes(ArchivePlan plan, Path staging) throws IOException {
    AtomicFiles.create(staging.resolve(EntryGuard.PLAN.toString()), ArchivePlans.write(plan));
    StringBuilder commands = new StringBuilder();
    for (ArchivePlan.Part part : plan.parts()) {
      if (part.kind() == ArchivePlan.PartKind.POSTGRES_DUMP) {
        commands
            .append(
                MESSAGES.get("note.dump", line(part.source()), part.path(), line(part.version())))
            .append('\n');
      }
    }
    if (!commands.isEmpty()) {
      String text = MESSAGES.get("note.text") + "\n\n" + commands;
      AtomicFiles.create(staging.resolve("DATABASES.txt"), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What the archive says goes into a text that people paste from. */
  private static String line(String foreign) {
    return ForeignText.line(foreign, LONGEST_FOREIGN);
  }

  /** Words what is not as it was; returns null if all is. */
  private static @Nullable Problem gaps(RestoreReceipt receipt) {
    boolean withoutLinks = !receipt.origin().known() && !receipt.outsideLinks().isEmpty();
    if (receipt.unread().isEmpty()
        && receipt.changed().isEmpty()
        && receipt.plan().unsure().isEmpty()
        && receipt.ownersKept()
        && !withoutLinks) {
      return null;
    }
    return ArchiveProblems.of(
        "BACKUP-RESTORED-WITH-GAPS",
        receipt.folder(),
        MESSAGES.get("gaps.unread", receipt.unread().size()),
        MESSAGES.get("gaps.changed", receipt.changed().size()),
        MESSAGES.get("gaps.links", withoutLinks ? receipt.outsideLinks().size() : 0),
        MESSAGES.get(receipt.ownersKept() ? "gaps.owners.kept" : "gaps.owners.lost"),
        MESSAGES.get("gaps.unsure", receipt.plan().unsure().size()));
  }
}
