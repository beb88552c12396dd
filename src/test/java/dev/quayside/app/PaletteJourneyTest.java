package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.pages.PageStage;
import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Path;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl+K, by hand. */
@Tag("window")
final class PaletteJourneyTest {

  @TempDir Path folder;

  @Test
  void aFewLettersRunACommandAndEscapeRunsNone() throws Exception {
    try (WindowJourney window = WindowJourney.open(folder)) {
      window.keys(KeyCode.CONTROL, KeyCode.K);
      window.node("palette-field");
      window.robot().write("dark");
      ListView<?> list = (ListView<?>) window.node("palette-list");
      PageStage.await("found", () -> list.getItems().size() < 8 && !list.getItems().isEmpty());
      window.keys(KeyCode.ENTER);
      PageStage.await("dark", () -> window.shell().workbench().theme().dark().get());
      assertThat(window.shows("palette-field")).isFalse();

      window.keys(KeyCode.CONTROL, KeyCode.K);
      window.node("palette-field");
      window.robot().write("light");
      window.keys(KeyCode.ESCAPE);
      PageStage.await("closed", () -> !window.shell().workbench().sheets().showing().get());
      assertThat(window.shell().workbench().theme().choice().get()).isEqualTo(ThemeChoice.DARK);

      window.keys(KeyCode.CONTROL, KeyCode.K);
      window.node("palette-field");
      window.robot().write("go logs");
      window.keys(KeyCode.ENTER);
      PageStage.await("logs", () -> window.shell().page().equals("logs"));
    }
  }
}
