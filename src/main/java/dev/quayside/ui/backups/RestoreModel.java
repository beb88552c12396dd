package dev.quayside.ui.backups;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.fx.Jobs;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * Leads through a restore: unlock, look at what is in the archive, then either plan what a stack
 * would lose and restore over it, or verify every byte, choose an empty folder and restore there.
 * No step can be left out. Belongs to the FX thread.
 */
final class RestoreModel {

  private final BackupDesk desk;
  private final Background background;
  private final Jobs jobs;
  private final Path archive;
  private final List<String> stacks;
  private final Runnable landed;
  private final ReadOnlyObjectWrapper<RestoreStep> step =
      new ReadOnlyObjectWrapper<>(new RestoreStep.Locked(null));
  private HeldPassphrase passphrase = new HeldPassphrase(null);
  private final ObjectProperty<@Nullable Path> key = new SimpleObjectProperty<>();
  private @Nullable RestoreTarget target;
  private boolean working;
  private boolean closed;
  private Consumer<? super RestoreStep> afterClose = step -> {};

  /**
   * Makes the flow for one archive.
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
    step.set(new RestoreStep.Opening());
    Unlocking unlocking = unlocking();
    background.run(
        () -> desk.preview(archive, unlocking),
        report -> {
          if (target == null) {
            target = new RestoreTarget(report.plan(), stacks);
          }
          step.set(new RestoreStep.Preview(report));
        },
        problem -> step.set(new RestoreStep.Locked(problem)));
  }

  private Unlocking unlocking() {
    return new Unlocking(passphrase, key.get());
  }

  /** Reads and compares every byte. */
  void verify() {
    if (!(step.get() instanceof RestoreStep.Preview(PreviewReport preview))) {
      return;
    }
    working = true;
    Unlocking unlocking = unlocking();
    Job job =
        jobs.start(
            new JobRequest<VerificationReport>(
                BackupsText.of("job.verify", archive.getFileName()),
                true,
                progress -> desk.verify(archive, unlocking, progress),
                BackupsModel::verdict,
                outcome -> verified(preview, outcome)));
    if (working) {
      step.set(new RestoreStep.Verifying(preview, job));
    }
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

  /** Restores into {@code folder}, which has to be empty or missing. */
  void restoreInto(Path folder) {
    RestoreStep before = step.get();
    if (!(before instanceof RestoreStep.Verified)) {
      return;
    }
    working = true;
    RestoreRequest request = new RestoreRequest(archive, unlocking(), folder);
    Job job =
        jobs.start(
            new JobRequest<RestoreReceipt>(
                BackupsText.of("job.restore", archive.getFileName()),
                true,
                progress -> desk.restore(request, progress),
                receipt -> BackupsText.of("job.restored", receipt.folder()),
                outcome -> restored(before, outcome)));
    if (working) {
      step.set(new RestoreStep.Restoring(folder, job));
    }
  }

  private void restored(RestoreStep before, Outcome<RestoreReceipt> outcome) {
    ended(
        switch (outcome) {
          case Outcome.Done<RestoreReceipt>(RestoreReceipt receipt) ->
              new RestoreStep.Restored(receipt, null);
          case Outcome.Found<RestoreReceipt>(RestoreReceipt receipt) ->
              new RestoreStep.Restored(receipt, null);
          case Outcome.Attention<RestoreReceipt>(RestoreReceipt receipt, Problem problem) ->
              new RestoreStep.Restored(receipt, problem);
          case Outcome.Failed<RestoreReceipt>(Problem problem) ->
              new RestoreStep.Failed(problem, before);
          case Outcome.Refused<RestoreReceipt>(Problem problem) ->
              new RestoreStep.Failed(problem, before);
        });
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
    LandingOrder order =
        new LandingOrder(
            archive,
            unlocking(),
            stack,
            wanted.named(),
            wanted.foreign(),
            wanted.unknownOrigin().get());
    step.set(new RestoreStep.Planning(stack));
    background.run(
        () -> desk.landings().plan(order),
        outcome -> step.set(planned(order, before, outcome)),
        problem -> step.set(new RestoreStep.Failed(problem, before)));
  }

  private static RestoreStep planned(
      LandingOrder order, RestoreStep before, Outcome<LandingPlan> outcome) {
    return switch (outcome) {
      case Outcome.Done<LandingPlan>(LandingPlan plan) ->
          new RestoreStep.Planned(order, plan, before);
      case Outcome.Found<LandingPlan>(LandingPlan plan) ->
          new RestoreStep.Planned(order, plan, before);
      case Outcome.Attention<LandingPlan>(LandingPlan plan, Problem problem) ->
          new RestoreStep.Failed(problem, before);
      case Outcome.Failed<LandingPlan>(Problem problem) -> new RestoreStep.Failed(problem, before);
      case Outcome.Refused<LandingPlan>(Problem problem) -> new RestoreStep.Failed(problem, before);
    };
  }

  /** Restores over the stack, as planned. */
  void land() {
    if (!(step.get() instanceof RestoreStep.Planned planned)) {
      return;
    }
    working = true;
    LandingOrder order = planned.order();
    Job job =
        jobs.start(
            new JobRequest<LandingReceipt>(
                BackupsText.of("job.land", order.stack()),
                true,
                progress -> desk.landings().land(order, progress),
                receipt -> BackupsText.of("job.landed", receipt.stack()),
                outcome -> landed(planned.back(), outcome)));
    if (working) {
      step.set(new RestoreStep.Landing(order.stack(), job));
    }
  }

  private void landed(RestoreStep before, Outcome<LandingReceipt> outcome) {
    landed.run();
    ended(
        switch (outcome) {
          case Outcome.Done<LandingReceipt>(LandingReceipt receipt) ->
              new RestoreStep.Landed(receipt, null);
          case Outcome.Found<LandingReceipt>(LandingReceipt receipt) ->
              new RestoreStep.Landed(receipt, null);
          case Outcome.Attention<LandingReceipt>(LandingReceipt receipt, Problem problem) ->
              new RestoreStep.Landed(receipt, problem);
          case Outcome.Failed<LandingReceipt>(Problem problem) ->
              new RestoreStep.Failed(problem, before);
          case Outcome.Refused<LandingReceipt>(Problem problem) ->
              new RestoreStep.Failed(problem, before);
        });
  }

  /** Goes back to where the failed or planned step began. */
  void back() {
    if (step.get() instanceof RestoreStep.Failed failed) {
      step.set(failed.back());
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
