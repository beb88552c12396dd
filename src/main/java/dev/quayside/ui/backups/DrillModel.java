package dev.quayside.ui.backups;

import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.drill.DrillReceipt;
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
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Leads through a drill of one archive. Belongs to the FX thread. */
final class DrillModel {

  private final DrillDesk desk;
  private final Background background;
  private final Jobs jobs;
  private final ShelvedArchive archive;
  private final Consumer<? super Step> ended;
  private final ObjectProperty<@Nullable Path> key = new SimpleObjectProperty<>();
  private final ObservableList<DrillReceipt> history = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<@Nullable Problem> unread = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Step> step =
      new ReadOnlyObjectWrapper<>(new Step.Locked(null));
  private boolean running;

  /** Tells how far the drill is. */
  sealed interface Step {
    /** Waits for passphrase or key; {@code problem} says why the last try failed. */
    record Locked(@Nullable Problem problem) implements Step {}

    /** It runs. */
    record Running(Job job) implements Step {}

    /** It ended; {@code problem} says what could not be told, null if nothing. */
    record Ended(DrillReceipt receipt, @Nullable Problem problem) implements Step {}
  }

  /**
   * Makes the flow.
   *
   * @param ended told how each drill ended, also after the sheet was closed
   */
  DrillModel(
      DrillDesk desk,
      Background background,
      Jobs jobs,
      ShelvedArchive archive,
      Consumer<? super Step> ended) {
    this.desk = desk;
    this.background = background;
    this.jobs = jobs;
    this.archive = archive;
    this.ended = ended;
    readHistory();
  }

  ShelvedArchive archive() {
    return archive;
  }

  ReadOnlyObjectProperty<Step> step() {
    return step.getReadOnlyProperty();
  }

  /** The file with the secret key that opens the archive; null to open by passphrase. */
  ObjectProperty<@Nullable Path> key() {
    return key;
  }

  /** Returns the earlier drills of this archive, newest first; changed by this model only. */
  ObservableList<DrillReceipt> history() {
    return history;
  }

  /** Returns why the earlier drills could not be read; null if they could. */
  ReadOnlyObjectProperty<@Nullable Problem> unread() {
    return unread.getReadOnlyProperty();
  }

  private void readHistory() {
    background.run(
        desk::history, all -> history.setAll(ofArchive(all)), problem -> unread.set(problem));
  }

  private List<DrillReceipt> ofArchive(List<DrillReceipt> all) {
    return all.stream().filter(one -> one.archiveId().equals(archive.id())).toList();
  }

  /**
   * Starts.
   *
   * @param typed the passphrase of the archive or the key; owned by this model; null for a key that
   *     is not locked
   */
  void start(@Nullable Secret typed) {
    HeldPassphrase passphrase = new HeldPassphrase(typed);
    Unlocking unlocking = new Unlocking(passphrase, key.get());
    running = true;
    Job job =
        jobs.start(
            new JobRequest<DrillReceipt>(
                BackupsText.of("job.drill", archive.archive().getFileName()),
                true,
                progress -> {
                  try (passphrase) {
                    return desk.drill(archive.archive(), unlocking, progress);
                  }
                },
                DrillTexts::verdict,
                this::end));
    if (running) {
      step.set(new Step.Running(job));
    }
  }

  private void end(Outcome<DrillReceipt> outcome) {
    running = false;
    Step how =
        switch (outcome) {
          case Outcome.Done<DrillReceipt>(DrillReceipt receipt) -> new Step.Ended(receipt, null);
          case Outcome.Found<DrillReceipt>(DrillReceipt receipt) -> new Step.Ended(receipt, null);
          case Outcome.Attention<DrillReceipt>(DrillReceipt receipt, Problem problem) ->
              new Step.Ended(receipt, problem);
          case Outcome.Failed<DrillReceipt>(Problem problem) -> new Step.Locked(problem);
          case Outcome.Refused<DrillReceipt>(Problem problem) -> new Step.Locked(problem);
        };
    readHistory();
    step.set(how);
    ended.accept(how);
  }
}
