package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.fx.Job;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.pages.PageStage;
import java.nio.file.Path;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leaving while something is being done. */
@Tag("window")
final class QuitJourneyTest {

  @TempDir Path folder;

  @Test
  void quittingAsksWhileAJobRunsThenCancelsItAndLeavesWhenItHasStopped() throws Exception {
    try (WindowJourney window =
        WindowJourney.open(
            folder,
            Snapshots.demo(),
            parts -> WindowJourney.with(parts, new HeldServices(parts.services()), parts.logs()))) {
      Job job = startOne(window);
      window.keys(KeyCode.CONTROL, KeyCode.Q);
      window.node("confirm-sheet");
      window.keys(KeyCode.ESCAPE);
      PageStage.await("closed", () -> !window.shell().workbench().sheets().showing().get());
      assertThat(PageStage.call(() -> window.stage().isShowing())).isTrue();
      assertThat(PageStage.call(() -> job.status().get().state().running())).isTrue();

      window.keys(KeyCode.CONTROL, KeyCode.Q);
      window.click("sheet-confirm");
      PageStage.await("left", () -> !window.stage().isShowing());
      assertThat(PageStage.call(() -> job.status().get().problem()))
          .isEqualTo(HeldServices.CANCELLED);
    }
  }

  @Test
  void aJobThatWasCancelledInTheStatusBarHoldsNobodyBack() throws Exception {
    try (WindowJourney window =
        WindowJourney.open(
            folder,
            Snapshots.demo(),
            parts -> WindowJourney.with(parts, new HeldServices(parts.services()), parts.logs()))) {
      Job job = startOne(window);
      window.click("job-cancel");
      PageStage.await("ended", () -> !job.status().get().state().running());
      window.keys(KeyCode.CONTROL, KeyCode.Q);
      PageStage.await("left", () -> !window.stage().isShowing());
    }
  }

  @Test
  void quittingAsksWhileAChangeOfAnEnvFileIsNotSavedAndLeavesOnlyWhenTold() throws Exception {
    try (WindowJourney window = WindowJourney.open(folder)) {
      PageStage.run(() -> window.shell().workbench().stacks().choose("dream-server"));
      window.keys(KeyCode.CONTROL, KeyCode.DIGIT5);
      TableView<?> table = (TableView<?>) window.node("env-table");
      PageStage.await("settings", () -> !table.getItems().isEmpty());
      PageStage.run(() -> table.getSelectionModel().select(0));
      window.click("environment.remove");
      PageStage.await("noted", () -> window.shell().unsaved().size() == 1);
      assertThat(PageStage.call(() -> window.shell().unsaved().getFirst()))
          .contains("dream-server", "1 change not saved");

      window.keys(KeyCode.CONTROL, KeyCode.Q);
      window.node("confirm-sheet");
      window.keys(KeyCode.ESCAPE);
      PageStage.await("closed", () -> !window.shell().workbench().sheets().showing().get());
      assertThat(PageStage.call(() -> window.stage().isShowing())).isTrue();
      assertThat(PageStage.call(() -> window.shell().unsaved())).hasSize(1);

      window.keys(KeyCode.CONTROL, KeyCode.Q);
      window.click("sheet-confirm");
      PageStage.await("left", () -> !window.stage().isShowing());
    }
  }

  private static Job startOne(WindowJourney window) throws Exception {
    window.keys(KeyCode.CONTROL, KeyCode.DIGIT2);
    TableView<?> table = (TableView<?>) window.node("services-table");
    PageStage.run(() -> table.getSelectionModel().select(0));
    window.click("services.stop");
    var running = window.shell().workbench().jobs().running();
    PageStage.await("a job runs", () -> running.size() == 1);
    return PageStage.call(running::getFirst);
  }
}
