package dev.quayside.app;

import dev.quayside.engine.Connection;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.pages.PageStage;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window puts in order what was killed, and says so, before any engine answers. */
@Tag("window")
final class RecoveryJourneyTest {

  @TempDir Path folder;

  private static StatusSnapshot waiting() {
    StatusSnapshot demo = Snapshots.demo();
    return new StatusSnapshot(
        demo.at(),
        new Connection.Connecting(),
        false,
        List.of(),
        demo.sampleSource(),
        demo.sampledAt(),
        demo.host(),
        demo.gpus(),
        demo.self());
  }

  @Test
  void whatAKilledRestoreLeftIsSweptAndToldWithoutAnEngine() throws Exception {
    Recovered swept = new Recovered(Recovered.Ended.PUT_BACK, "the rest is swept", null);
    try (WindowJourney window =
        WindowJourney.open(
            folder, waiting(), parts -> WindowJourney.with(parts, () -> List.of(swept)))) {
      PageStage.await(
          "told",
          () ->
              window.stage().getScene().lookup("#notices") instanceof VBox notices
                  && notices.lookupAll(".label").stream()
                      .anyMatch(node ->
                          node instanceof Label label && swept.text().equals(label.getText())));
    }
  }
}
