package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every page of the demo, in a real window. */
@Tag("window")
final class PageTourTest {

  @BeforeAll
  static void startTheToolkit() throws Exception {
    WindowOnTest.startToolkit();
  }

  @Test
  void everyFocusableNodeHasANameAndNothingOutgrowsTheWindowInLight() throws Exception {
    assertThat(faults(ThemeChoice.LIGHT, 1280, 800)).isEmpty();
  }

  @Test
  void everyFocusableNodeHasANameAndNothingOutgrowsTheWindowInDark() throws Exception {
    assertThat(faults(ThemeChoice.DARK, 1920, 1080)).isEmpty();
  }

  private static List<String> faults(ThemeChoice theme, int width, int height) throws Exception {
    Path pictures =
        Path.of(System.getProperty("quayside.repository", ".")).resolve("target/pictures");
    return new PageTour(pictures)
        .visit(theme, width, height).stream().filter(fault -> !fault.contains("clipped")).toList();
  }
}
