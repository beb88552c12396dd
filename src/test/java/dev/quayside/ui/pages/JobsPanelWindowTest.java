package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.fx.JobStatus;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.layout.Region;
import org.controlsfx.control.TaskProgressView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The list of jobs over the page. */
@Tag("window")
class JobsPanelWindowTest {

  private final CountDownLatch cancelled = new CountDownLatch(1);

  private static PageStage open() throws Exception {
    return PageStage.open(
        engine -> List.of(new PageSpec("one", "One", Icon.INFO, workbench -> Region::new)));
  }

  private Job start(PageStage stage, boolean cancellable) throws Exception {
    return PageStage.call(() ->
        stage
            .shell()
            .workbench()
            .jobs()
            .start(
                new JobRequest<String>(
                    "Fetch my_model",
                    cancellable,
                    this::untilCancelled,
                    receipt -> receipt,
                    outcome -> {})));
  }

  private Outcome<String> untilCancelled(Progress progress) throws InterruptedException {
    progress.step(1, 2, "Fetching");
    progress.line("layer 7 of 9");
    while (!progress.cancelled() && !cancelled.await(20, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
    return new Outcome.Done<>("stopped by hand");
  }

  private static Node panel(PageStage stage) {
    return stage.stage().getScene().lookup("#jobs-panel");
  }

  private static List<String> words(PageStage stage) {
    return panel(stage).lookupAll(".label").stream()
        .map(label -> String.valueOf(((Labeled) label).getText()))
        .toList();
  }

  @Test
  void aJobShowsItsLiveLineAndIsCancelledFromTheList() throws Exception {
    try (PageStage stage = open()) {
      Job job = start(stage, true);
      stage.press("jobs-button");
      PageStage.await("the live line", () -> words(stage).contains("layer 7 of 9"));
      assertThat(PageStage.call(() -> words(stage)))
          .contains("Fetch my_model", "Step 1 of 2: Fetching");
      Button cancel = PageStage.call(() -> (Button) panel(stage).lookup(".job-row-cancel"));
      assertThat(cancel.isDisabled()).isFalse();
      PageStage.run(cancel::fire);
      PageStage.await("the end", () -> !job.status().get().state().running());
      assertThat(job.status().get().state()).isEqualTo(JobStatus.State.DONE);
      assertThat(PageStage.call(() -> words(stage))).contains("stopped by hand");
    } finally {
      cancelled.countDown();
    }
  }

  @Test
  void aJobThatCannotBeStoppedSaysWhy() throws Exception {
    try (PageStage stage = open()) {
      start(stage, false);
      stage.press("jobs-button");
      PageStage.await(
          "the reason",
          () -> words(stage).stream().anyMatch(text -> text.contains("cannot be stopped")));
      assertThat(
              PageStage.call(() -> ((Button) panel(stage).lookup(".job-row-cancel")).isDisabled()))
          .isTrue();
    } finally {
      cancelled.countDown();
    }
  }

  @Test
  void nothingOfTheListIsBuiltBeforeItIsOpened() throws Exception {
    try (PageStage stage = open()) {
      assertThat(PageStage.call(() -> panel(stage).lookup(".task-progress-view"))).isNull();
      stage.press("jobs-button");
      assertThat(PageStage.call(() -> panel(stage).lookup(".task-progress-view")))
          .isInstanceOf(TaskProgressView.class);
    }
  }
}
