package dev.quayside.ui.shell;

import dev.quayside.common.Messages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.SkinBase;
import javafx.scene.layout.VBox;
import org.controlsfx.control.TaskProgressView;

/**
 * Draws ControlsFX's list of tasks, one row for each job. Its own skin offers Cancel only while it
 * is the task that runs, in words of its own, and has no place for the live line.
 */
final class JobsSkin extends SkinBase<TaskProgressView<JobTask>> {

  private final Messages messages;
  private final VBox column = new VBox();
  private final Map<JobTask, JobRow> rows = new HashMap<>();
  private final ListChangeListener<JobTask> follow = change -> show();

  JobsSkin(TaskProgressView<JobTask> view, Messages messages) {
    super(view);
    this.messages = messages;
    column.getStyleClass().add("jobs-running");
    getChildren().add(column);
    view.getTasks().addListener(follow);
    show();
  }

  private void show() {
    ObservableList<JobTask> tasks = getSkinnable().getTasks();
    rows.keySet().retainAll(List.copyOf(tasks));
    column
        .getChildren()
        .setAll(
            tasks.stream()
                .map(task -> rows.computeIfAbsent(task, one -> new JobRow(one, messages)))
                .toList());
  }

  @Override
  public void dispose() {
    if (getSkinnable() != null) {
      getSkinnable().getTasks().removeListener(follow);
    }
    super.dispose();
  }
}
