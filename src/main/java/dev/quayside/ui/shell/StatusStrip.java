package dev.quayside.ui.shell;

import atlantafx.base.theme.Styles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.engine.Connection;
import dev.quayside.engine.EngineInfo;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.telemetry.SelfSample;
import dev.quayside.ui.control.UnknownText;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobStatus;
import dev.quayside.ui.fx.Jobs;
import dev.quayside.ui.theme.Icon;
import java.util.Locale;
import java.util.OptionalDouble;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import org.controlsfx.control.StatusBar;
import org.jspecify.annotations.Nullable;

/** Shows below every page: the engine, what Quayside itself uses, and the job that runs. */
final class StatusStrip extends StatusBar {

  private final Messages messages;
  private final Jobs jobs;
  private final Label engine = new Label();
  private final Label self = new Label();
  private final Label figures = new Label();
  private final Button jobsButton = new Button();
  private final ProgressBar progress = new ProgressBar();
  private final Button cancel = new Button();
  private final ChangeListener<JobStatus> follow = (source, before, now) -> showJob();
  private @Nullable Job followed;
  private String compose = "";

  StatusStrip(Messages messages, Jobs jobs, Runnable openJobs) {
    this.messages = messages;
    this.jobs = jobs;
    setId("status-bar");
    setText("");
    setFocusTraversable(false);
    jobsButton.setId("jobs-button");
    // Names of services have underscores, which are no mnemonics.
    jobsButton.setMnemonicParsing(false);
    jobsButton.setGraphic(Icon.JOBS.node());
    jobsButton.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
    jobsButton.setOnAction(event -> openJobs.run());
    progress.getStyleClass().add("job-progress");
    progress.setAccessibleText(messages.get("jobs.running"));
    progress.setFocusTraversable(false);
    cancel.setId("job-cancel");
    cancel.setText(messages.get("dialog.cancel"));
    cancel.getStyleClass().add(Styles.SMALL);
    cancel.setOnAction(event -> cancelFollowed());
    HBox right = new HBox(jobsButton, progress, cancel);
    right.setAlignment(Pos.CENTER_RIGHT);
    right.getStyleClass().add("status-right");
    figures.setId("status-figures");
    HBox left = new HBox(engine, self, figures);
    left.setAlignment(Pos.CENTER_LEFT);
    left.getStyleClass().add("status-left");
    getLeftItems().add(left);
    getRightItems().add(right);
    jobs.running().addListener((ListChangeListener<Job>) change -> followNewest());
    jobs.ended().addListener((ListChangeListener<Job>) change -> showJob());
    showJob();
  }

  /** Shows the version of Compose from now on; empty while it is not known. */
  void compose(String version) {
    compose = version;
  }

  void show(StatusSnapshot snapshot) {
    set(engine, engineText(snapshot.connection()));
    set(self, selfText(snapshot.self()));
    String origin = FigureOrigin.text(messages, snapshot);
    set(figures, origin);
    figures.setVisible(!origin.isEmpty());
    figures.setManaged(!origin.isEmpty());
  }

  private String engineText(Connection connection) {
    return switch (connection) {
      case Connection.Connecting() -> messages.get("status.connecting");
      case Connection.Connected(EngineInfo info) -> {
        String version = ForeignText.line(info.version(), 40);
        yield compose.isEmpty()
            ? messages.get("status.engine", version)
            : messages.get("status.engine.compose", version, compose);
      }
      case Connection.Lost(var problem, var since, var next, var last) ->
          messages.get("status.lost");
    };
  }

  private String selfText(SelfSample sample) {
    OptionalDouble share = sample.cpuShareOfCore();
    return messages.get(
        "status.self",
        share.isEmpty() ? UnknownText.DASH : Quantities.percent(share.getAsDouble()),
        sample.residentBytes().isEmpty()
            ? UnknownText.DASH
            : Quantities.bytes(sample.residentBytes().getAsLong()));
  }

  private void followNewest() {
    Job newest = jobs.running().isEmpty() ? null : jobs.running().getLast();
    if (followed != null) {
      followed.status().removeListener(follow);
    }
    followed = newest;
    if (newest != null) {
      newest.status().addListener(follow);
    }
    showJob();
  }

  private void showJob() {
    Job job = followed;
    progress.setVisible(job != null);
    progress.setManaged(job != null);
    cancel.setVisible(job != null && job.cancellable());
    cancel.setManaged(cancel.isVisible());
    if (job == null) {
      jobsButton.setText(idleText());
      return;
    }
    JobStatus status = job.status().get();
    int more = jobs.running().size() - 1;
    String text = messages.get("jobs.current", job.title(), JobTask.text(messages, status));
    jobsButton.setText(more > 0 ? messages.get("jobs.more", text, more) : text);
    cancel.setDisable(status.state() == JobStatus.State.CANCELLING);
    progress.setProgress(status.share().orElse(ProgressBar.INDETERMINATE_PROGRESS));
  }

  private String idleText() {
    if (jobs.ended().isEmpty()) {
      return messages.get("jobs.title");
    }
    Job last = jobs.ended().getFirst();
    String how = messages.get("job." + last.status().get().state().name().toLowerCase(Locale.ROOT));
    return messages.get("jobs.last", last.title(), how);
  }

  private void cancelFollowed() {
    if (followed != null) {
      followed.cancel();
    }
  }

  private static void set(Label label, String words) {
    if (!words.equals(label.getText())) {
      label.setText(words);
    }
  }
}
