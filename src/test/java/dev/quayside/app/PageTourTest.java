package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of the demo, in a real window. */
@Tag("window")
final class PageTourTest {

  @ParameterizedTest
  @CsvSource({"LIGHT,1280,800", "DARK,1280,800", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everyFocusableNodeHasANameAndNothingIsCutOffOrOutgrowsTheWindow(
      ThemeChoice theme, int width, int height) throws Exception {
    Path pictures =
        Path.of(System.getProperty("quayside.repository", ".")).resolve("target/pictures");
    assertThat(new PageTour(pictures).visit(theme, width, height)).isEmpty();
  }
}
