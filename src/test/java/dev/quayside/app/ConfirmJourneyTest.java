package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.pages.PageStage;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot simply be undone is not done by accident. */
@Tag("window")
final class ConfirmJourneyTest {

  @TempDir Path folder;

  @Test
  void enterConfirmsNothingEscapeCancelsAndOnlyItsButtonGoesAhead() throws Exception {
    AtomicReference<HeldServices> services = new AtomicReference<>();
    try (WindowJourney window =
        WindowJourney.open(
            folder,
            Snapshots.demo(),
            parts -> {
              services.set(new HeldServices(parts.services()));
              return WindowJourney.with(parts, services.get(), parts.logs());
            })) {
      window.keys(KeyCode.CONTROL, KeyCode.DIGIT2);
      TableView<?> table = (TableView<?>) window.node("services-table");
      PageStage.await("the table has the focus", table::isFocused);
      window.keys(KeyCode.CONTROL, KeyCode.A);
      window.click("services.recreate");
      PageStage.await(
          "cancel has the focus",
          () ->
              window.stage().getScene().lookup("#sheet-cancel") != null
                  && window.stage().getScene().lookup("#sheet-cancel").isFocused());

      window.keys(KeyCode.TAB);
      PageStage.await(
          "the dangerous button has the focus",
          () -> window.stage().getScene().lookup("#sheet-confirm").isFocused());
      window.keys(KeyCode.ENTER);
      window.keys(KeyCode.ENTER);
      assertThat(window.shows("confirm-sheet")).isTrue();
      window.keys(KeyCode.ESCAPE);
      PageStage.await("closed", () -> !window.shell().workbench().sheets().showing().get());
      assertThat(services.get().changes()).isEmpty();
      assertThat(PageStage.call(() -> window.shell().workbench().jobs().running().size())).isZero();

      window.click("services.recreate");
      window.click("sheet-confirm");
      PageStage.await("asked of the engine", () -> !services.get().changes().isEmpty());
      assertThat(services.get().changes())
          .allSatisfy(one -> assertThat(one).startsWith("RECREATE"));
    }
  }
}
