package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Settings;
import dev.quayside.ui.pages.PageStage;
import java.nio.file.Path;
import javafx.scene.control.Labeled;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look is the same thing wherever it is changed, and is there again at the next start. */
@Tag("window")
final class LookJourneyTest {

  @TempDir Path folder;

  @Test
  void aLookThatKeysAndPaletteChooseIsKeptAndTheSettingsShowIt() throws Exception {
    try (WindowJourney window = WindowJourney.open(folder)) {
      run(window, "window.text.larger");
      assertThat(window.settings().textSize()).isEqualTo(14);
      run(window, "window.theme.dark");
      assertThat(window.settings().theme()).isEqualTo(Settings.Theme.DARK);

      PageStage.run(() -> window.shell().show("settings"));
      ToggleButton dark = (ToggleButton) window.node("settings-theme-dark");
      ToggleButton light = (ToggleButton) window.node("settings-theme-light");
      Spinner<?> size = (Spinner<?>) window.node("settings-text-size");
      assertThat(PageStage.call(dark::isSelected)).isTrue();
      assertThat(PageStage.call(size::getValue)).isEqualTo(14);

      run(window, "window.text.larger");
      assertThat(PageStage.call(size::getValue)).isEqualTo(15);
      run(window, "window.theme.light");
      assertThat(PageStage.call(light::isSelected)).isTrue();
      assertThat(PageStage.call(dark::isSelected)).isFalse();

      PageStage.run(size::increment);
      window.click("settings-theme-dark");
      PageStage.await("dark", () -> window.shell().workbench().theme().dark().get());
      assertThat(window.settings().theme()).isEqualTo(Settings.Theme.DARK);
      assertThat(window.settings().textSize()).isEqualTo(16);
    }
  }

  @Test
  void anAddressIsTakenOnEnterOrWhenTheFieldIsLeftAndOneThatIsNoneIsNot() throws Exception {
    try (WindowJourney window = WindowJourney.open(folder)) {
      PageStage.run(() -> window.shell().show("settings"));
      TextField field = (TextField) window.node("settings-engine");
      PageStage.run(field::requestFocus);
      window.robot().write("ssh:/us");
      PageStage.await("typed", () -> field.getLength() == 7);
      window.keys(KeyCode.ENTER);
      Labeled wrong = (Labeled) window.node("settings-engine-wrong");
      assertThat(PageStage.call(wrong::getText)).contains("cannot be understood").contains("kept");
      assertThat(window.settings().engine()).isNull();

      PageStage.run(() -> field.setText("ssh://user@host"));
      assertThat(window.settings().engine()).isNull();
      PageStage.run(() -> window.shell().show("overview"));
      PageStage.await("kept", () -> "ssh://user@host".equals(window.settings().engine()));
      PageStage.run(() -> window.shell().show("settings"));
      assertThat(window.shows("settings-engine-wrong")).isFalse();
      assertThat(window.shows("settings-engine-next")).isTrue();
    }
  }

  private static void run(WindowJourney window, String action) throws Exception {
    PageStage.run(() -> window.shell().workbench().actions().get(action).run());
  }
}
