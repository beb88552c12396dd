package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.secrets.ScriptedSecrets;
import dev.quayside.ui.secrets.SecretsPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class SecretsWindowTest {

  private static final int[] SMALL = {1280, 800};

  @Test
  void aSecretIsRotatedFromPlanToReceiptAndEnterConfirmsNothing() throws Exception {
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "secrets",
                    "Secrets",
                    Icon.SECRETS,
                    workbench ->
                        new SecretsPage(
                            PageStage.with(workbench, dialogs), new ScriptedSecrets()))))) {
      stage.picture("secrets-no-stack", SMALL, ThemeChoice.LIGHT);
      PageStage.run(
          () ->
              stage.stage().getScene().getRoot().lookupAll(".stack-button").stream()
                  .map(Button.class::cast)
                  .filter(button -> button.getText().equals("dream-server"))
                  .findFirst()
                  .orElseThrow()
                  .fire());
      TableView<?> table = stage.node("secrets-table");
      PageStage.await("secrets", () -> table.getItems().size() == 7);
      PageStage.run(() -> table.getSelectionModel().select(5));
      assertThat(((Button) stage.node("secrets.rotate")).isDisabled()).isTrue();
      PageStage.run(() -> table.getSelectionModel().select(1));
      stage.pictures("secrets");

      stage.press("secrets.rotate");
      Button go = stage.node("rotation-go");
      assertThat(go.getText()).isEqualTo("Rotate LITELLM_KEY and recreate 3 services");
      PageStage.await(
          "cancel has the focus",
          () -> stage.stage().getScene().lookup("#rotation-cancel").isFocused());
      stage.picture("secrets-plan", SMALL, ThemeChoice.LIGHT);
      PageStage.run(() -> {
        go.requestFocus();
        for (var type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
          go.fireEvent(new KeyEvent(type, "", "", KeyCode.ENTER, false, false, false, false));
        }
      });
      assertThat(PageStage.call(() -> stage.shows("rotation-plan"))).isTrue();
      PageStage.run(() -> stage.stage().getScene().lookup("#rotation-cancel").requestFocus());
      stage.press("rotation-go");

      stage.node("rotation-receipt");
      stage.picture("secrets-receipt", SMALL, ThemeChoice.LIGHT);
      stage.picture("secrets-receipt-dark", SMALL, ThemeChoice.DARK);
      assertThat(dialogs.notices).hasSize(1);
      stage.press("receipt-close");
      stage.picture("secrets-after", SMALL, ThemeChoice.DARK);
      assertThat(dialogs.problems).isEmpty();
    }
  }
}
