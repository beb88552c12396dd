package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.logs.LogsBackend;
import dev.quayside.ui.logs.LogsPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class LogsWindowTest {

  @Test
  void linesOfTheDemoAreFollowedSearchedAndPaused() throws Exception {
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "logs",
                    "Logs",
                    Icon.LOGS,
                    workbench ->
                        new LogsPage(workbench, new LogsBackend(() -> engine, engine.feed())))))) {
      ListView<?> list = (ListView<?>) stage.stage().getScene().lookup("#logs-list");
      PageStage.await("lines", () -> list.getItems().size() > 30);
      stage.pictures("logs");

      TextField search = (TextField) stage.stage().getScene().lookup("#logs-search");
      PageStage.run(() -> search.setText("(unclosed"));
      Label mistake = (Label) stage.stage().getScene().lookup("#logs-mistake");
      assertThat(mistake.getText()).contains("Unclosed group");
      stage.picture("logs-mistake", new int[] {1280, 800}, dev.quayside.ui.theme.ThemeChoice.LIGHT);
      PageStage.run(() -> search.setText("GET|POST"));
      PageStage.run(() -> ((ToggleButton) stage.stage().getScene().lookup("#logs-wrap")).fire());
      stage.picture("logs-search", new int[] {1280, 800}, dev.quayside.ui.theme.ThemeChoice.DARK);
      PageStage.run(() -> search.setText("nothing-is-like-this"));
      PageStage.await("nothing", () -> list.getItems().isEmpty());
      stage.picture("logs-nothing", new int[] {1280, 800}, dev.quayside.ui.theme.ThemeChoice.LIGHT);
    }
  }
}
