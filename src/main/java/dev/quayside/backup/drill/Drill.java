package dev.quayside.backup.drill;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ArchiveReading;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSource;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rehearses a restore: reads the archive to its end, then puts what it holds into throw-away
 * containers of the very images it was saved from, and tells which services came back to life.
 */
public final class Drill {

  static final String ACTION = "backup.drill";

  private static final int STEPS = 3;
  private static final int LONGEST_PATH = 300;
  private static final Messages MESSAGES = Messages.of("drill");

  private final Journal journal;
  private final EngineSource engines;
  private final JournaledEngine control;
  private final DrillRecords records;
  private final DrillHistory history;
  private final BackupShelf shelf;
  private final ForeignArchives foreign;
  private final InstantSource time;
  private final StepBoundary steps;

  /**
   * Makes the operation.
   *
   * @param engines reads from the engine that {@code control} changes
   * @param steps marks each named step
   */
  public Drill(
      Home home,
      Journal journal,
      EngineSource engines,
      JournaledEngine control,
      InstantSource time,
      StepBoundary steps) {
    this.journal = journal;
    this.engines = engines;
    this.control = control;
    this.records = new DrillRecords(home);
    this.history = new DrillHistory(home);
    this.shelf = new BackupShelf(home);
    this.foreign = new ForeignArchives(home, journal, time, steps);
    this.time = time;
    this.steps = steps;
  }

  /**
   * Drills {@code archive}. Blocks. All containers it makes are removed before it returns; live
   * ones are not touched.
   *
   * @return done if every stateful service is proven; found if the archive is not sound or a
   *     service refused its data; attention if something could not be told; refused if nobody knows
   *     who made the archive, Quayside did not, or another drill runs; failed otherwise
   */
  public Outcome<DrillReceipt> run(Path archive, Unlocking unlocking, Progress progress) {
    Instant begun = time.instant();
    try (Remembered once = new Remembered(unlocking.passphrases());
        ProcessLock lock = records.lock()) {
      if (lock == null) {
        return new Outcome.Refused<>(MESSAGES.problem("DRILL-BUSY", text(archive)));
      }
      Unlocking again = new Unlocking(once, unlocking.secretKey());
      if (foreign.foreign(archive, again, false)) {
        String kind = ForeignArchives.name(foreign.recognise(archive, again));
        return new Outcome.Refused<>(MESSAGES.problem("DRILL-FOREIGN", text(archive), kind));
      }
      progress.step(1, STEPS, MESSAGES.get("step.verify"));
      return switch (new BackupVerification(shelf, time).run(archive, again, new Inner(progress))) {
        case Outcome.Done<VerificationReport> sound ->
            drill(new Order(archive, again, sound.receipt(), begun), progress);
        case Outcome.Attention<VerificationReport> sound ->
            drill(new Order(archive, again, sound.receipt(), begun), progress);
        case Outcome.Found<VerificationReport> unsound ->
            new Outcome.Found<>(faulty(unsound.receipt(), begun));
        case Outcome.Failed<VerificationReport> failed -> new Outcome.Failed<>(failed.problem());
        case Outcome.Refused<VerificationReport> refused ->
            new Outcome.Refused<>(refused.problem());
      };
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(
          MESSAGES.problem("DRILL-FAILED", text(archive)).withDetail(String.valueOf(e)));
    }
  }

  private record Order(
      Path archive, Unlocking unlocking, VerificationReport report, Instant begun) {

    ArchivePlan plan() {
      ArchivePlan plan = report.plan();
      if (plan == null) {
        throw new IllegalStateException("a sound archive has a plan");
      }
      return plan;
    }
  }

  private DrillReceipt faulty(VerificationReport report, Instant begun) {
    ArchivePlan plan = report.plan();
    return new DrillReceipt(
        UUID.randomUUID().toString(),
        report.archive(),
        plan == null ? "" : plan.id(),
        plan == null ? "" : plan.stack(),
        time.instant(),
        Duration.between(begun, time.instant()),
        false,
        List.of(),
        report.fault());
  }

  private Outcome<DrillReceipt> drill(Order order, Progress progress)
      throws ProblemException, IOException {
    if (!order.report().origin().known()) {
      return new Outcome.Refused<>(MESSAGES.problem("DRILL-ORIGIN", text(order.archive())));
    }
    try (Engine reader = engines.connect()) {
      String id = UUID.randomUUID().toString();
      Intent intent =
          journal.begin(
              ACTION,
              order.plan().stack(),
              Map.of("archive", order.archive().toAbsolutePath().toString(), "id", id));
      return announced(order, id, intent, reader, progress);
    }
  }

  private Outcome<DrillReceipt> announced(
      Order order, String id, Intent intent, Engine reader, Progress progress)
      throws ProblemException, IOException {
    DrillRecords.Entry record =
        new DrillRecords.Entry(
            id,
            order.archive().toString(),
            reader.info().endpoint(),
            intent.id(),
            intent.subject(),
            List.of());
    Throwaways throwaways = new Throwaways(reader, control, intent, records, record, steps);
    N8nCanary canary = new N8nCanary();
    DrillRun run =
        new DrillRun(
            DrillSubject.of(order.plan()),
            canary,
            trial -> new PostgresDrill(trial, throwaways, control, intent, canary, progress, steps),
            trial -> new FilesDrill(trial, throwaways, control, intent, progress, steps));
    DrillReceipt receipt;
    try {
      reached(DrillStep.ANNOUNCED);
      records.write(record);
      reached(DrillStep.RECORDED);
      progress.step(2, STEPS, MESSAGES.get("step.drill"));
      List<DrilledService> services = rehearse(order, run, progress);
      throwaways.destroyAll();
      reached(DrillStep.READ);
      receipt = receipt(order, id, services);
    } catch (Throwable e) {
      undo(id, intent, run, throwaways, e);
      throw e;
    }
    progress.step(STEPS, STEPS, MESSAGES.get("step.note"));
    return noted(receipt, order.report().unsure(), intent);
  }

  private List<DrilledService> rehearse(Order order, DrillRun run, Progress progress)
      throws ProblemException, IOException {
    ArchiveReading.Whole again;
    try {
      again = new ArchiveReading(shelf).read(order.archive(), order.unlocking(), run, progress);
    } catch (ProblemException e) {
      ProblemException cause = run.failure();
      throw cause == null ? e : cause;
    }
    if (!again.plan().equals(order.plan()) || !again.origin().known()) {
      throw new ProblemException(MESSAGES.problem("DRILL-CHANGED", text(order.archive())));
    }
    return run.results();
  }

  private DrillReceipt receipt(Order order, String id, List<DrilledService> services) {
    VerificationReport report = order.report();
    return new DrillReceipt(
        id,
        order.archive().toAbsolutePath(),
        order.plan().id(),
        order.plan().stack(),
        time.instant(),
        Duration.between(order.begun(), time.instant()),
        report.complete(),
        services,
        null);
  }

  /** Removes what is left, whatever made it fail; what cannot be removed now has its record. */
  private void undo(
      String id, Intent intent, DrillRun run, Throwaways throwaways, Throwable failure) {
    boolean interrupted = Thread.interrupted();
    try {
      run.abandon();
      throwaways.destroyAll();
      String problem = failure instanceof ProblemException known ? known.problem().code() : "IO";
      intent.failed(Map.of("problem", problem));
      records.remove(id);
    } catch (ProblemException | IOException | RuntimeException later) {
      failure.addSuppressed(later);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** From here on the drill is over, so nothing that fails may be reported as no drill. */
  private Outcome<DrillReceipt> noted(DrillReceipt receipt, List<String> unsure, Intent intent) {
    try {
      history.add(receipt);
      shelf.drilled(receipt.archiveId(), receipt.archive(), receipt.proof());
      reached(DrillStep.NOTED);
      intent.done(
          Map.of(
              "proven",
              Integer.toString(receipt.count(DrilledService.Verdict.PROVEN)),
              "failed",
              Integer.toString(receipt.count(DrilledService.Verdict.FAILED)),
              "of",
              Integer.toString(receipt.services().size())));
      reached(DrillStep.OUTCOME_RECORDED);
      records.remove(receipt.id());
      reached(DrillStep.RECORD_REMOVED);
      return outcome(receipt, unsure);
    } catch (ProblemException e) {
      return unnoted(receipt, e.problem().title());
    } catch (IOException e) {
      return unnoted(receipt, String.valueOf(e.getMessage()));
    }
  }

  private static Outcome<DrillReceipt> unnoted(DrillReceipt receipt, String why) {
    return new Outcome.Attention<>(
        receipt,
        MESSAGES.problem(
            "DRILL-UNNOTED", text(receipt.archive()), ForeignText.line(why, LONGEST_PATH)));
  }

  private static Outcome<DrillReceipt> outcome(DrillReceipt receipt, List<String> unsure) {
    if (receipt.proven()) {
      return new Outcome.Done<>(receipt);
    }
    if (receipt.count(DrilledService.Verdict.FAILED) > 0) {
      return new Outcome.Found<>(receipt);
    }
    return new Outcome.Attention<>(receipt, partly(receipt, unsure));
  }

  private static Problem partly(DrillReceipt receipt, List<String> unsure) {
    if (receipt.services().isEmpty()) {
      return MESSAGES.problem("DRILL-NOTHING", text(receipt.archive()));
    }
    int proven = receipt.count(DrilledService.Verdict.PROVEN);
    int all = receipt.services().size();
    if (proven < all) {
      return MESSAGES.problem("DRILL-PARTLY", text(receipt.archive()), proven, all);
    }
    return unsure.isEmpty()
        ? MESSAGES.problem("DRILL-INCOMPLETE", text(receipt.archive()))
        : MESSAGES.problem(
            "DRILL-UNSURE",
            text(receipt.archive()),
            ForeignText.line(String.join(", ", unsure), LONGEST_PATH));
  }

  private static String text(Path archive) {
    return ForeignText.line(archive.toString(), LONGEST_PATH);
  }

  private void reached(DrillStep step) {
    steps.reached(step.label());
  }

  /** Passes on all but the steps, which are counted by the whole. */
  private record Inner(Progress progress) implements Progress {

    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void bytes(long done, long total) {
      progress.bytes(done, total);
    }

    @Override
    public void line(String text) {
      progress.line(text);
    }

    @Override
    public boolean cancelled() {
      return progress.cancelled();
    }
  }
}
