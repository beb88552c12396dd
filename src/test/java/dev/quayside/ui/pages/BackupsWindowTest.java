package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.backups.BackupsPage;
import dev.quayside.ui.backups.ScriptedBackups;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class BackupsWindowTest {

  private static final int[] SMALL = {1280, 800};
  private static final int[] LARGE = {1920, 1080};
  private static final int[] LOW = {1280, 520};

  @Test
  void aBackupIsMadeVerifiedAndRestored() throws Exception {
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "backups",
                    "Backups",
                    Icon.BACKUPS,
                    workbench ->
                        new BackupsPage(
                            PageStage.with(workbench, dialogs), new ScriptedBackups()))))) {
      stage.node("backups-first");
      stage.picture("backups-empty", SMALL, ThemeChoice.LIGHT);
      PageStage.run(() -> stage.shell().workbench().stacks().choose("llm-infrastructure"));

      stage.press("backups-first");
      Button go = stage.node("create-go");
      assertThat(go.isDisabled()).isTrue();
      dialogs.files.add(Path.of("/backups"));
      stage.press("create-target-choose");
      stage.type("create-passphrase", "right");
      stage.type("create-passphrase-again", "wrong");
      stage.picture("backups-create", SMALL, ThemeChoice.LIGHT);
      assertThat(go.isDisabled()).isTrue();
      ScrollPane scroll = stage.node("create-scroll");
      Region parts = (Region) scroll.getContent();
      assertThat(parts.getHeight())
          .as("all of it is seen at 1280 × 800")
          .isLessThanOrEqualTo(scroll.getViewportBounds().getHeight() + 0.5);
      stage.picture("backups-create-dark", LARGE, ThemeChoice.DARK);
      stage.picture("backups-create-low", LOW, ThemeChoice.LIGHT);
      assertThat(stage.shows("create-go")).isTrue();
      assertThat(go.localToScene(go.getBoundsInLocal()).getMaxY()).isLessThan(LOW[1]);
      PageStage.run(() ->
          ((dev.quayside.ui.control.SecretField)
                  stage.stage().getScene().lookup("#create-passphrase-again"))
              .wipe());
      stage.type("create-passphrase-again", "right");
      stage.press("create-go");
      TableView<?> table = stage.node("backups-table");
      PageStage.await("one archive", () -> table.getItems().size() == 1);
      PageStage.run(() -> table.getSelectionModel().select(0));
      stage.pictures("backups");

      dialogs.secrets.add("right");
      stage.press("backups.verify");
      PageStage.await("verified", () -> dialogs.notices.size() == 2);

      stage.press("backups.restore-chosen");
      stage.type("restore-passphrase", "wrong");
      stage.press("restore-open");
      stage.node("restore-wrong");
      stage.picture("restore-wrong", SMALL, ThemeChoice.LIGHT);
      stage.type("restore-passphrase", "right");
      stage.press("restore-open");
      stage.node("restore-not-verified");
      stage.picture("restore-preview", SMALL, ThemeChoice.LIGHT);
      stage.press("restore-verify");
      stage.node("restore-verified");
      stage.picture("restore-verified", SMALL, ThemeChoice.DARK);
      dialogs.files.add(Path.of("/tmp/empty"));
      stage.press("restore-choose");
      stage.node("restore-done");
      stage.picture("restore-done", SMALL, ThemeChoice.LIGHT);
      stage.press("restore-close");
      assertThat(dialogs.problems).isEmpty();
    }
  }
}
