package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import dev.quayside.engine.Connection;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.pages.PageStage;
import java.nio.file.Path;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine goes away and comes back while somebody looks. */
@Tag("window")
final class ConnectionJourneyTest {

  private static final Problem GONE =
      new Problem(
          "ENGINE-UNREACHABLE",
          "The engine does not answer",
          "Connection refused",
          "Nothing was changed.",
          "Start the engine.",
          "sudo systemctl start docker",
          "");

  @TempDir Path folder;

  @Test
  void theBannerComesWithTheLossAndGoesWithTheReturn() throws Exception {
    StatusSnapshot connected = Snapshots.demo();
    try (WindowJourney window = WindowJourney.open(folder)) {
      TableView<?> table = (TableView<?>) window.node("overview-table");
      int rows = table.getItems().size();
      assertThat(window.shows("connection-banner")).isFalse();

      window.publish(
          Snapshots.with(connected, new Connection.Lost(GONE, Snapshots.MOMENT, null, null)));
      window.node("connection-banner");
      assertThat(table.getItems()).hasSize(rows);
      window.click("banner-details");
      window.node("problem-sheet");
      window.keys(KeyCode.ESCAPE);
      PageStage.await("closed", () -> !window.shell().workbench().sheets().showing().get());

      window.publish(connected);
      PageStage.await(
          "gone", () -> !window.stage().getScene().lookup("#connection-banner").isVisible());
      assertThat(table.getItems()).hasSize(rows);
    }
  }
}
