package dev.quayside.ui.shell;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Messages;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobStatus;
import dev.quayside.ui.theme.Look;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Shows one job that runs: its step, its live line, how far it is, and Cancel or why not. */
final class JobRow extends VBox {

  JobRow(JobTask task, Messages messages) {
    Job job = task.job();
    getStyleClass().add("running-job");
    Label title = new Label();
    title.textProperty().bind(task.titleProperty());
    title.setWrapText(true);
    HBox.setHgrow(title, Priority.ALWAYS);
    title.setMaxWidth(Double.MAX_VALUE);
    Button cancel = new Button(messages.get("dialog.cancel"));
    cancel.getStyleClass().addAll(Styles.SMALL, "job-row-cancel");
    cancel.setAccessibleText(messages.get("jobs.cancel", job.title()));
    cancel.setMinWidth(Region.USE_PREF_SIZE);
    cancel.setOnAction(event -> task.cancel());
    cancel
        .disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> !job.cancellable() || job.status().get().state() != JobStatus.State.RUNNING,
                job.status()));
    HBox head = new HBox(title, cancel);
    head.setAlignment(Pos.CENTER_LEFT);
    ProgressBar progress = new ProgressBar();
    progress.progressProperty().bind(task.progressProperty());
    progress.setMaxWidth(Double.MAX_VALUE);
    progress.getStyleClass().add("job-progress");
    progress.accessibleTextProperty().bind(task.titleProperty());
    progress.setFocusTraversable(false);
    Label step = quiet();
    step.textProperty().bind(task.messageProperty());
    Label line = quiet();
    line.getStyleClass().add("job-line");
    line.textProperty().bind(task.valueProperty());
    line.visibleProperty().bind(line.textProperty().isNotEmpty());
    line.managedProperty().bind(line.visibleProperty());
    getChildren().addAll(head, progress, step, line);
    if (!job.cancellable()) {
      Label why = quiet();
      why.setText(messages.get("jobs.uncancellable"));
      getChildren().add(why);
    }
  }

  private static Label quiet() {
    Label label = new Label();
    label.setWrapText(true);
    label.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    return label;
  }
}
