package dev.quayside.ui.shell;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobStatus;
import dev.quayside.ui.fx.Jobs;
import dev.quayside.ui.theme.Look;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.TaskProgressView;
import org.jspecify.annotations.Nullable;

/** Lists the jobs that run, with progress and Cancel, and below them how the last ones ended. */
final class JobsPanel extends VBox {

  private final Messages messages;
  private final Jobs jobs;
  private final Consumer<? super Problem> details;
  private final VBox ended = new VBox();
  private @Nullable TaskProgressView<JobTask> running;

  JobsPanel(Messages messages, Jobs jobs, Consumer<? super Problem> details) {
    this.messages = messages;
    this.jobs = jobs;
    this.details = details;
    setId("jobs-panel");
    getStyleClass().add("jobs-panel");
    setVisible(false);
  }

  /** Shows it, or hides it again. */
  void toggle() {
    if (running == null) {
      running = build();
    }
    setVisible(!isVisible());
  }

  /** Builds what it shows, at its first opening: many never open it, and no start waits for it. */
  private TaskProgressView<JobTask> build() {
    TaskProgressView<JobTask> view = new TaskProgressView<>();
    view.setSkin(new JobsSkin(view, messages));
    view.setRetainTasks(true);
    view.setAccessibleText(messages.get("jobs.running"));
    ended.getStyleClass().add("jobs-ended");
    ScrollPane scroll = new ScrollPane(ended);
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(head(), view, scroll);
    jobs.running().addListener((ListChangeListener<Job>) change -> showRunning(view));
    jobs.ended().addListener((ListChangeListener<Job>) change -> showEnded());
    showRunning(view);
    showEnded();
    return view;
  }

  private Node head() {
    Label title = new Label(messages.get("jobs.title"));
    title.getStyleClass().add(Look.SECTION_TITLE);
    HBox.setHgrow(title, Priority.ALWAYS);
    title.setMaxWidth(Double.MAX_VALUE);
    Button clear = new Button(messages.get("jobs.clear"));
    clear.setId("jobs-clear");
    clear.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
    clear.setOnAction(event -> jobs.clearEnded());
    HBox head = new HBox(title, clear);
    head.setAlignment(Pos.CENTER_LEFT);
    return head;
  }

  private void showRunning(TaskProgressView<JobTask> view) {
    view.getTasks().removeIf(task -> gone(task));
    for (Job job : jobs.running()) {
      if (view.getTasks().stream().noneMatch(task -> task.job().equals(job))) {
        view.getTasks().add(new JobTask(job, messages));
      }
    }
    boolean some = !view.getTasks().isEmpty();
    view.setVisible(some);
    view.setManaged(some);
  }

  private boolean gone(JobTask task) {
    if (jobs.running().contains(task.job())) {
      return false;
    }
    task.end();
    return true;
  }

  private void showEnded() {
    ended.getChildren().setAll(jobs.ended().stream().map(this::row).toList());
    if (ended.getChildren().isEmpty()) {
      Label none = new Label(messages.get("jobs.none"));
      none.setWrapText(true);
      none.getStyleClass().add(Look.MUTED);
      ended.getChildren().add(none);
    }
  }

  private Node row(Job job) {
    JobStatus status = job.status().get();
    TonePill pill = new TonePill(tone(status.state()), word(status.state()));
    Label title = new Label(job.title());
    title.setWrapText(true);
    Label text = new Label(status.text());
    text.setWrapText(true);
    text.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    VBox words = new VBox(title, text);
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox row = new HBox(pill, words);
    row.getStyleClass().add("job-row");
    Problem problem = status.problem();
    if (problem != null) {
      Button more = new Button(messages.get("banner.details"));
      more.getStyleClass().add(Styles.SMALL);
      more.setOnAction(event -> details.accept(problem));
      row.getChildren().add(more);
    }
    return row;
  }

  private String word(JobStatus.State state) {
    return messages.get("job." + state.name().toLowerCase(Locale.ROOT));
  }

  private static TonePill.Tone tone(JobStatus.State state) {
    return switch (state) {
      case RUNNING, CANCELLING -> TonePill.Tone.INFO;
      case DONE -> TonePill.Tone.GOOD;
      case FOUND, ATTENTION -> TonePill.Tone.WARN;
      case FAILED, REFUSED -> TonePill.Tone.BAD;
    };
  }
}
