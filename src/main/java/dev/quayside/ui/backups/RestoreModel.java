package dev.quayside.ui.backups;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ForeignReceipt;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.backup.landing.StackDatabases;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.fx.Jobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * Leads through a restore: unlock, look at what is in the archive, then either plan what a stack
 * would lose and restore over it, or verify every byte, choose an empty folder and restore there. A
 * file that Quayside did not make is read to its end first. No step can be left out. Belongs to the
 * FX thread.
 */
final class RestoreModel {

  private final BackupDesk desk;
  private final Background background;
  private final Jobs jobs;
  private final Path archive;
  private final List<String> stacks;
  private final Runnable landed;
  private final ReadOnlyObjectWrapper<RestoreStep> step =
      new ReadOnlyObjectWrapper<>(new RestoreStep.Opening());
  private HeldPassphrase passphrase = new HeldPassphrase(null);
  private final ObjectProperty<@Nullable Path> key = new SimpleObjectProperty<>();
  private final StringProperty typed = new SimpleStringProperty("");
  private @Nullable RestoreTarget target;
  private @Nullable ForeignTarget foreignTarget;
  private boolean working;
  private boolean closed;
  private Consumer<? super RestoreStep> afterClose = step -> {};

  /**
   * Makes the flow for one archive, and begins: a file that is not encrypted is read at once.
   *
   * @param stacks the stacks that it can go over
   * @param landed told when a restore over a stack has ended
   */
  RestoreModel(
      BackupDesk desk,
      Background background,
      Jobs jobs,
      Path archive,
      List<String> stacks,
      Runnable landed) {
    this.desk = desk;
    this.background = background;
    this.jobs = jobs;
    this.archive = archive;
    this.stacks = List.copyOf(stacks);
    this.landed = landed;
    background.run(
        () -> desk.foreign().encrypted(archive),
        encrypted -> {
          if (encrypted) {
            step.set(new RestoreStep.Locked(null));
          } else if (!closed) {
            open(null);
          }
        },
        problem -> step.set(new RestoreStep.Locked(problem)));
  }

  Path archive() {
    return archive;
  }

  ReadOnlyObjectProperty<RestoreStep> step() {
    return step.getReadOnlyProperty();
  }

  /** Returns the file with the secret key that opens the archive; null to open by passphrase. */
  ObjectProperty<@Nullable Path> key() {
    return key;
  }

  /** Returns where it is to go; known as soon as the archive was looked at. */
  RestoreTarget target() {
    RestoreTarget known = target;
    if (known == null) {
      throw new IllegalStateException("the archive was not looked at yet");
    }
    return known;
  }

  /** Returns where a file goes that Quayside did not make; known as soon as it was read. */
  ForeignTarget foreignTarget() {
    ForeignTarget known = foreignTarget;
    if (known == null) {
      throw new IllegalStateException("no such file was read yet");
    }
    return known;
  }

  /** Returns what was typed as the stack's name, which some restores need. */
  StringProperty typed() {
    return typed;
  }

  /** Opens with the secret key in {@code file} from now on; null to open by passphrase. */
  void useKey(@Nullable Path file) {
    key.set(file);
  }

  /**
   * Opens the archive.
   *
   * @param typed the passphrase of the archive, or of the key; owned by this model; null for a key
   *     that is not locked
   */
  void unlock(@Nullable Secret typed) {
    passphrase.close();
    passphrase = new HeldPassphrase(typed);
    open(new RestoreStep.Locked(null));
  }

  /**
   * Finds out whose file it is.
   *
   * @param back where to go back to; null from a file that needs no unlocking
   */
  private void open(@Nullable RestoreStep back) {
    step.set(new RestoreStep.Opening());
    Unlocking unlocking = unlocking();
    background.run(
        () ->
            desk.foreign().foreign(archive, unlocking)
                ? Optional.<PreviewReport>empty()
                : Optional.of(desk.preview(archive, unlocking)),
        seen -> seen.ifPresentOrElse(this::previewed, () -> survey(back)),
        problem -> step.set(new RestoreStep.Locked(problem)));
  }

  private void previewed(PreviewReport report) {
    if (target == null) {
      target = new RestoreTarget(report.plan(), stacks);
    }
    step.set(new RestoreStep.Preview(report));
  }

  /** Reads a file that Quayside did not make to its end. */
  private void survey(@Nullable RestoreStep back) {
    if (closed) {
      return;
    }
    Unlocking unlocking = unlocking();
    start(
        new JobRequest<ForeignReport>(
            BackupsText.of("job.survey", archive.getFileName()),
            true,
            progress -> desk.foreign().survey(archive, unlocking, progress),
            report -> BackupsText.of("job.surveyed", archive.getFileName()),
            outcome -> ended(how(outcome, (report, problem) -> surveyed(report), back))),
        RestoreStep.Surveying::new);
  }

  private RestoreStep surveyed(ForeignReport report) {
    if (foreignTarget == null) {
      foreignTarget =
          new ForeignTarget(
              desk.landings(), background, stacks, usable(report) && report.kind().database());
    }
    return new RestoreStep.Surveyed(report);
  }

  private Unlocking unlocking() {
    return new Unlocking(passphrase, key.get());
  }

  /** Reads and compares every byte. */
  void verify() {
    if (!(step.get() instanceof RestoreStep.Preview(PreviewReport preview))) {
      return;
    }
    Unlocking unlocking = unlocking();
    start(
        new JobRequest<VerificationReport>(
            BackupsText.of("job.verify", archive.getFileName()),
            true,
            progress -> desk.verify(archive, unlocking, progress),
            BackupsModel::verdict,
            outcome -> verified(preview, outcome)),
        job -> new RestoreStep.Verifying(preview, job));
  }

  private void verified(PreviewReport preview, Outcome<VerificationReport> outcome) {
    RestoreStep back = new RestoreStep.Preview(preview);
    ended(
        switch (outcome) {
          case Outcome.Done<VerificationReport>(VerificationReport report) ->
              sound(report, preview.plan());
          case Outcome.Found<VerificationReport>(VerificationReport report) ->
              report.fault() == null
                  ? sound(report, preview.plan())
                  : new RestoreStep.Failed(report.fault(), back);
          case Outcome.Attention<VerificationReport>(VerificationReport report, Problem problem) ->
              new RestoreStep.Failed(problem, back);
          case Outcome.Failed<VerificationReport>(Problem problem) ->
              new RestoreStep.Failed(problem, back);
          case Outcome.Refused<VerificationReport>(Problem problem) ->
              new RestoreStep.Failed(problem, back);
        });
  }

  private static RestoreStep sound(VerificationReport report, ArchivePlan preview) {
    return new RestoreStep.Verified(report, report.plan() == null ? preview : report.plan());
  }

  private static boolean usable(ForeignReport report) {
    return ForeignTexts.obstacle(report) == null;
  }

  /** Restores into {@code folder}, which has to be empty or missing. */
  void restoreInto(Path folder) {
    RestoreRequest request = new RestoreRequest(archive, unlocking(), folder);
    if (step.get() instanceof RestoreStep.Verified before) {
      start(
          new JobRequest<RestoreReceipt>(
              BackupsText.of("job.restore", archive.getFileName()),
              true,
              progress -> desk.restore(request, progress),
              receipt -> BackupsText.of("job.restored", receipt.folder()),
              outcome -> ended(how(outcome, RestoreStep.Restored::new, before))),
          job -> new RestoreStep.Restoring(folder, job));
    } else if (step.get() instanceof RestoreStep.Surveyed before
        && usable(before.report())
        && before.report().kind() == ContentKind.TAR
        && foreignTarget().knownMaker().get()) {
      start(
          new JobRequest<ForeignReceipt>(
              BackupsText.of("job.restore", archive.getFileName()),
              true,
              progress -> desk.foreign().unpack(request, progress),
              receipt -> BackupsText.of("job.restored", receipt.folder()),
              outcome -> ended(how(outcome, RestoreStep.Unpacked::new, before))),
          job -> new RestoreStep.Restoring(folder, job));
    }
  }

  /** Starts a job and shows it, unless it has ended by then. */
  private <R> void start(JobRequest<R> request, Function<? super Job, RestoreStep> running) {
    working = true;
    Job job = jobs.start(request);
    if (working) {
      step.set(running.apply(job));
    }
  }

  /** Says what an outcome leads to; what went wrong leads back. */
  private static <R> RestoreStep how(
      Outcome<R> outcome,
      BiFunction<? super R, @Nullable Problem, RestoreStep> done,
      @Nullable RestoreStep back) {
    return switch (outcome) {
      case Outcome.Done<R>(R receipt) -> done.apply(receipt, null);
      case Outcome.Found<R>(R receipt) -> done.apply(receipt, null);
      case Outcome.Attention<R>(R receipt, Problem problem) -> done.apply(receipt, problem);
      case Outcome.Failed<R>(Problem problem) -> new RestoreStep.Failed(problem, back);
      case Outcome.Refused<R>(Problem problem) -> new RestoreStep.Failed(problem, back);
    };
  }

  /**
   * Finds out what a restore over the chosen stack would stop and change. The archive need not be
   * verified for it: the restore itself reads and compares everything before it touches anything.
   */
  void plan() {
    RestoreStep before = step.get();
    if (!(before instanceof RestoreStep.Preview) && !(before instanceof RestoreStep.Verified)) {
      return;
    }
    RestoreTarget wanted = target();
    String stack = wanted.stack().get();
    if (stack == null || !wanted.plannable().get()) {
      return;
    }
    plan(
        new LandingOrder.Parts(
            archive,
            unlocking(),
            stack,
            wanted.named(),
            wanted.foreign(),
            wanted.unknownOrigin().get()),
        before);
  }

  /** Finds out the same of a dump that takes the place of the chosen database. */
  void planDump() {
    if (!(step.get() instanceof RestoreStep.Surveyed before) || !usable(before.report())) {
      return;
    }
    String stack = foreignTarget().stack().get();
    StackDatabases.Held database = foreignTarget().database().get();
    if (stack == null || database == null) {
      return;
    }
    plan(
        new LandingOrder.Dump(
            archive,
            unlocking(),
            stack,
            database.service(),
            database.name(),
            foreignTarget().functions().get(),
            before.report()),
        before);
  }

  private void plan(LandingOrder order, RestoreStep before) {
    typed.set("");
    step.set(new RestoreStep.Planning(order.stack()));
    background.run(
        () -> desk.landings().plan(order),
        outcome -> step.set(planned(order, before, outcome)),
        problem -> step.set(new RestoreStep.Failed(problem, before)));
  }

  private static RestoreStep planned(
      LandingOrder order, RestoreStep before, Outcome<LandingPlan> outcome) {
    return how(
        outcome,
        (plan, problem) ->
            problem == null
                ? new RestoreStep.Planned(order, plan, before)
                : new RestoreStep.Failed(problem, before),
        before);
  }

  /** Restores over the stack, as planned; without its name only where none is needed. */
  void land() {
    if (!(step.get() instanceof RestoreStep.Planned planned)) {
      return;
    }
    LandingOrder order = planned.order();
    if (order.needsName() && !typed.get().equals(order.stack())) {
      return;
    }
    start(
        new JobRequest<LandingReceipt>(
            BackupsText.of("job.land", order.stack()),
            true,
            progress -> desk.landings().land(order, progress),
            receipt -> BackupsText.of("job.landed", receipt.stack()),
            outcome -> {
              landed.run();
              ended(how(outcome, RestoreStep.Landed::new, planned.back()));
            }),
        job -> new RestoreStep.Landing(order.stack(), job));
  }

  /** Goes back to where the failed or planned step began. */
  void back() {
    if (step.get() instanceof RestoreStep.Failed failed) {
      if (failed.back() != null) {
        step.set(failed.back());
      }
    } else if (step.get() instanceof RestoreStep.Planned planned) {
      step.set(planned.back());
    }
  }

  private void ended(RestoreStep how) {
    working = false;
    step.set(how);
    if (closed) {
      passphrase.close();
      afterClose.accept(how);
    }
  }

  /**
   * Ends the flow. A job that runs goes on; the passphrase is wiped when it ends.
   *
   * @param later told how that job ended; nobody is told if none runs
   */
  void close(Consumer<? super RestoreStep> later) {
    closed = true;
    afterClose = later;
    if (!working) {
      passphrase.close();
    }
  }
}
