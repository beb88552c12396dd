package dev.quayside.ui.secrets;

import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobStatus;
import dev.quayside.ui.theme.Look;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/**
 * Shows on the page itself how far the change is that runs, or whose plan is being made; takes no
 * room while there is neither.
 */
final class RotationStrip extends HBox {

  private final ProgressBar bar = new ProgressBar();
  private final Label words = new Label();
  private final ChangeListener<JobStatus> follow = (source, before, now) -> show(now);
  private @Nullable Job followed;

  RotationStrip(
      ReadOnlyObjectProperty<@Nullable Job> rotating,
      ReadOnlyObjectProperty<@Nullable String> planning) {
    setId("rotation-running");
    getStyleClass().add(Look.TOOLS);
    setAlignment(Pos.CENTER_LEFT);
    bar.setFocusTraversable(false);
    words.setWrapText(true);
    getChildren().addAll(bar, words);
    rotating.subscribe(job -> follow(job, planning.get()));
    planning.subscribe(name -> follow(rotating.get(), name));
  }

  private void follow(@Nullable Job job, @Nullable String planned) {
    if (followed != null) {
      followed.status().removeListener(follow);
    }
    followed = job;
    setVisible(job != null || planned != null);
    setManaged(isVisible());
    if (job != null) {
      job.status().addListener(follow);
      show(job.status().get());
    } else if (planned != null) {
      words.setText(SecretsText.of("running.planning", planned));
      bar.setProgress(ProgressBar.INDETERMINATE_PROGRESS);
      bar.setAccessibleText(words.getText());
    }
  }

  private void show(JobStatus now) {
    Job job = followed;
    if (job != null) {
      bar.setProgress(now.share().orElse(ProgressBar.INDETERMINATE_PROGRESS));
      bar.setAccessibleText(job.title());
      words.setText(
          now.steps() == 0
              ? SecretsText.of("running.begun", job.title())
              : SecretsText.of("running.step", job.title(), now.step(), now.steps(), now.text()));
    }
  }
}
