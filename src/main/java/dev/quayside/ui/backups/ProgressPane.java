package dev.quayside.ui.backups;

import dev.quayside.common.Quantities;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobStatus;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** Follows a job inside a sheet. Its height stays the same, whatever the job says. */
final class ProgressPane extends VBox {

  private final Button stop = new Button(BackupsText.of("restore.stop"));
  private final Subscription followed;

  /**
   * Follows {@code job}.
   *
   * @param name the beginning of the ids
   * @param words what it does
   */
  ProgressPane(String name, String words, Job job) {
    getStyleClass().add("restore");
    ProgressBar bar = new ProgressBar();
    bar.setId(name + "-progress");
    bar.setAccessibleText(words);
    bar.setMaxWidth(Double.MAX_VALUE);
    Label line = Sheet.mutedText("");
    line.setWrapText(false);
    line.setId(name + "-line");
    stop.setId(name + "-stop");
    stop.setOnAction(event -> job.cancel());
    this.followed =
        job.status()
            .subscribe(status -> {
              bar.setProgress(status.share().orElse(ProgressBar.INDETERMINATE_PROGRESS));
              line.setText(amount(status));
              stop.setDisable(status.state() != JobStatus.State.RUNNING);
            });
    getChildren()
        .addAll(Sheet.text(words), bar, line, Sheet.mutedText(BackupsText.of("restore.goes-on")));
  }

  Button stop() {
    return stop;
  }

  /** Stops following the job. */
  void leave() {
    followed.unsubscribe();
  }

  private static String amount(JobStatus status) {
    if (status.state() == JobStatus.State.CANCELLING) {
      return BackupsText.of("restore.stopping", status.text());
    }
    String bytes =
        status.totalBytes() > 0
            ? Quantities.bytes(status.doneBytes()) + " / " + Quantities.bytes(status.totalBytes())
            : "";
    String step =
        status.steps() > 1
            ? BackupsText.of("step", status.step(), status.steps(), status.text())
            : status.text();
    return step.isEmpty() || bytes.isEmpty() ? step + bytes : step + "  ·  " + bytes;
  }
}
