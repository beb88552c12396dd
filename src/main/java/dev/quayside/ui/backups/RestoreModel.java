package dev.quayside.ui.backups;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.fx.Jobs;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Leads through a restore: unlock, look at what the archive says (not verified), verify every byte,
 * choose an empty folder, restore. No step can be left out. Belongs to the FX thread.
 */
final class RestoreModel {

  private final BackupDesk desk;
  private final Background background;
  private final Jobs jobs;
  private final Path archive;
  private final ReadOnlyObjectWrapper<Step> step =
      new ReadOnlyObjectWrapper<>(new Step.Locked(null));
  private HeldPassphrase passphrase = new HeldPassphrase(null);
  private final ReadOnlyObjectWrapper<@Nullable Path> key = new ReadOnlyObjectWrapper<>();
  private boolean working;
  private boolean closed;
  private Consumer<? super Step> afterClose = step -> {};

  /** Tells how far the restore is. */
  sealed interface Step {
    /** Waits for passphrase or key; {@code problem} says why the last try failed. */
    record Locked(@Nullable Problem problem) implements Step {}

    /** The head is being read. */
    record Opening() implements Step {}

    /** The head was read; nothing in it is verified. */
    record Preview(ArchivePlan plan) implements Step {}

    /** Every byte is being read. */
    record Verifying(ArchivePlan plan, Job job) implements Step {}

    /** Every byte was read and every hash agreed. */
    record Verified(VerificationReport report, ArchivePlan plan) implements Step {}

    /** The archive is being restored. */
    record Restoring(Path folder, Job job) implements Step {}

    /** Everything is in the folder; {@code problem} says what is missing, null if nothing. */
    record Restored(RestoreReceipt receipt, @Nullable Problem problem) implements Step {}

    /** It went wrong; {@code back} is the step to go back to. */
    record Failed(Problem problem, Step back) implements Step {}
  }

  RestoreModel(BackupDesk desk, Background background, Jobs jobs, Path archive) {
    this.desk = desk;
    this.background = background;
    this.jobs = jobs;
    this.archive = archive;
  }

  Path archive() {
    return archive;
  }

  ReadOnlyObjectProperty<Step> step() {
    return step.getReadOnlyProperty();
  }

  /** Returns the file with the secret key that opens the archive; null to open by passphrase. */
  ReadOnlyObjectProperty<@Nullable Path> key() {
    return key.getReadOnlyProperty();
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
    step.set(new Step.Opening());
    Unlocking unlocking = unlocking();
    background.run(
        () -> desk.preview(archive, unlocking),
        plan -> step.set(new Step.Preview(plan)),
        problem -> step.set(new Step.Locked(problem)));
  }

  private Unlocking unlocking() {
    return new Unlocking(passphrase, key.get());
  }

  /** Reads and compares every byte. */
  void verify() {
    if (!(step.get() instanceof Step.Preview(ArchivePlan plan))) {
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
                outcome -> verified(plan, outcome)));
    if (working) {
      step.set(new Step.Verifying(plan, job));
    }
  }

  private void verified(ArchivePlan preview, Outcome<VerificationReport> outcome) {
    Step back = new Step.Preview(preview);
    ended(
        switch (outcome) {
          case Outcome.Done<VerificationReport>(VerificationReport report) ->
              sound(report, preview);
          case Outcome.Found<VerificationReport>(VerificationReport report) ->
              report.fault() == null
                  ? sound(report, preview)
                  : new Step.Failed(report.fault(), back);
          case Outcome.Attention<VerificationReport>(VerificationReport report, Problem problem) ->
              new Step.Failed(problem, back);
          case Outcome.Failed<VerificationReport>(Problem problem) ->
              new Step.Failed(problem, back);
          case Outcome.Refused<VerificationReport>(Problem problem) ->
              new Step.Failed(problem, back);
        });
  }

  private static Step sound(VerificationReport report, ArchivePlan preview) {
    return new Step.Verified(report, report.plan() == null ? preview : report.plan());
  }

  /** Restores into {@code folder}, which has to be empty or missing. */
  void restoreInto(Path folder) {
    Step before = step.get();
    if (!(before instanceof Step.Verified)) {
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
      step.set(new Step.Restoring(folder, job));
    }
  }

  private void restored(Step before, Outcome<RestoreReceipt> outcome) {
    ended(
        switch (outcome) {
          case Outcome.Done<RestoreReceipt>(RestoreReceipt receipt) ->
              new Step.Restored(receipt, null);
          case Outcome.Found<RestoreReceipt>(RestoreReceipt receipt) ->
              new Step.Restored(receipt, null);
          case Outcome.Attention<RestoreReceipt>(RestoreReceipt receipt, Problem problem) ->
              new Step.Restored(receipt, problem);
          case Outcome.Failed<RestoreReceipt>(Problem problem) -> new Step.Failed(problem, before);
          case Outcome.Refused<RestoreReceipt>(Problem problem) -> new Step.Failed(problem, before);
        });
  }

  /** Goes back to where the failed step began. */
  void back() {
    if (step.get() instanceof Step.Failed(Problem problem, Step back)) {
      step.set(back);
    }
  }

  private void ended(Step how) {
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
  void close(Consumer<? super Step> later) {
    closed = true;
    afterClose = later;
    if (!working) {
      passphrase.close();
    }
  }
}
