package dev.quayside.ui.backups;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.fx.Jobs;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Decides what the Backups page shows. Belongs to the FX thread. */
final class BackupsModel {

  private final BackupDesk desk;
  private final Background.Newest loading;
  private final Background.Newest asking;
  private final Jobs jobs;
  private final ObservableList<ShelvedArchive> archives = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(new State.Loading());
  private final ReadOnlyObjectWrapper<@Nullable String> asked = new ReadOnlyObjectWrapper<>();

  /** Tells what there is to show. */
  sealed interface State {
    /** The list is being read. */
    record Loading() implements State {}

    /** The list is there. */
    record Ready() implements State {}

    /** The list could not be read. */
    record Failed(Problem problem) implements State {}
  }

  BackupsModel(BackupDesk desk, Background background, Jobs jobs) {
    this.desk = desk;
    this.loading = background.newest();
    this.asking = background.newest();
    this.jobs = jobs;
  }

  /** Returns the archives, newest first; changed by this model only. */
  ObservableList<ShelvedArchive> archives() {
    return archives;
  }

  ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /** Reads the list again; what is shown stays until the answer is there. */
  void reload() {
    loading.run(
        desk::shelf,
        shelved -> {
          if (!archives.equals(shelved)) {
            archives.setAll(shelved);
          }
          state.set(new State.Ready());
        },
        problem -> state.set(new State.Failed(problem)));
  }

  /** Returns the name of the stack that is asked what can be saved; null while none is. */
  ReadOnlyObjectProperty<@Nullable String> asked() {
    return asked.getReadOnlyProperty();
  }

  /** Reads what a backup of {@code stack} can take in; only the newest question is answered. */
  void scope(String stack, Consumer<? super BackupScope> ready, Consumer<? super Problem> refused) {
    asked.set(stack);
    asking.run(
        () -> desk.scope(stack),
        scope -> {
          asked.set(null);
          ready.accept(scope);
        },
        problem -> {
          asked.set(null);
          refused.accept(problem);
        });
  }

  /** Drops a question of {@link #scope} that is still open. */
  void forgetScope() {
    asking.forget();
    asked.set(null);
  }

  /**
   * Makes a backup as a job.
   *
   * @param passphrase wiped when the job ends
   * @param ended told how it ended
   */
  void create(
      BackupRequest request,
      HeldPassphrase passphrase,
      Consumer<? super Outcome<BackupReceipt>> ended) {
    var _ =
        jobs.start(
            new JobRequest<BackupReceipt>(
                BackupsText.of("job.create", request.scope().stack()),
                true,
                progress -> {
                  try (passphrase) {
                    return desk.create(request, progress);
                  }
                },
                receipt -> BackupsText.of("job.created", receipt.archive().getFileName()),
                outcome -> {
                  reload();
                  ended.accept(outcome);
                }));
  }

  /**
   * Verifies an archive as a job.
   *
   * @param passphrase of the archive or of the key; wiped when the job ends
   * @param key file with a secret key; null to open by passphrase
   */
  void verify(
      Path archive,
      HeldPassphrase passphrase,
      @Nullable Path key,
      Consumer<? super Outcome<VerificationReport>> ended) {
    var _ =
        jobs.start(
            new JobRequest<VerificationReport>(
                BackupsText.of("job.verify", archive.getFileName()),
                true,
                progress -> {
                  try (passphrase) {
                    return desk.verify(archive, new Unlocking(passphrase, key), progress);
                  }
                },
                report -> verdict(report),
                outcome -> {
                  reload();
                  ended.accept(outcome);
                }));
  }

  /** Returns in a line what a verification found. */
  static String verdict(VerificationReport report) {
    return report.fault() == null
        ? BackupsText.of("job.sound", report.archive().getFileName())
        : report.fault().title();
  }
}
