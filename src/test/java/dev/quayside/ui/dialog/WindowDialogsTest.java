package dev.quayside.ui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Secret;
import dev.quayside.ui.control.SecretField;
import dev.quayside.ui.pages.PageStage;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The window's own dialogs, by hand. */
@Tag("window")
final class WindowDialogsTest {

  private final FxRobot robot = new FxRobot();
  private final List<String> ran = new ArrayList<>();
  private Sheets sheets;
  private Notices notices;
  private WindowDialogs dialogs;
  private Button behind;
  private Stage stage;

  @BeforeEach
  void open() throws Exception {
    stage =
        PageStage.call(() -> {
          sheets = new Sheets();
          notices = new Notices();
          dialogs = new WindowDialogs(sheets, notices, () -> stage);
          behind = new Button("behind");
          Stage made = new Stage();
          made.setScene(
              new Scene(new StackPane(behind, notices.layer(), sheets.layer()), 800, 600));
          made.show();
          made.requestFocus();
          behind.requestFocus();
          return made;
        });
    PageStage.await("focus", () -> stage.isFocused() && behind.isFocused());
  }

  @AfterEach
  void close() throws Exception {
    PageStage.run(stage::close);
  }

  private Node shown(String id) throws Exception {
    PageStage.await("#" + id, () -> stage.getScene().lookup("#" + id) != null);
    return stage.getScene().lookup("#" + id);
  }

  private void gone() throws Exception {
    PageStage.await("closed", () -> !sheets.showing().get());
  }

  @Test
  void whatCannotBeHadBackNeedsItsNameTyped() throws Exception {
    Confirmation question =
        new Confirmation(
            "Delete?", "All of it.", List.of(), "Delete", Danger.IRREVERSIBLE, "my_stack");
    PageStage.run(() -> dialogs.confirm(question, () -> ran.add("deleted")));
    Button go = (Button) shown("sheet-confirm");
    assertThat(go.isDisabled()).isTrue();
    robot.clickOn(shown("sheet-typed")).write("my_stac");
    PageStage.await(
        "typed", () -> ((TextField) stage.getScene().lookup("#sheet-typed")).getLength() == 7);
    assertThat(go.isDisabled()).isTrue();
    robot.write("k");
    PageStage.await("enabled", () -> !go.isDisabled());
    robot.push(KeyCode.ENTER);
    assertThat(ran).isEmpty();
    robot.clickOn(go);
    gone();
    assertThat(ran).containsExactly("deleted");
  }

  @Test
  void theFocusStaysInsideTheSheetAndGoesBackAfterwards() throws Exception {
    PageStage.run(() ->
        dialogs.confirm(
            Confirmation.recoverable("Stop?", "All.", List.of(), "Stop all"),
            () -> ran.add("stopped")));
    PageStage.await(
        "cancel has the focus",
        () -> {
          Node cancel = stage.getScene().lookup("#sheet-cancel");
          return cancel != null && cancel.isFocused();
        });
    for (int i = 0; i < 5; i++) {
      robot.push(KeyCode.TAB);
      PageStage.await("not behind the sheet", () -> !behind.isFocused());
    }
    robot.push(KeyCode.ESCAPE);
    gone();
    PageStage.await("focus is back", behind::isFocused);
    assertThat(ran).isEmpty();
  }

  @Test
  void twoSecretsThatDifferAreNotTakenAndEscapeLeavesNothingInTheFields() throws Exception {
    List<Integer> lengths = new ArrayList<>();
    PageStage.run(() ->
        dialogs.askSecret(
            new SecretQuestion("Passphrase", "Of the archive.", "Use it", true),
            (Secret secret) -> {
              lengths.add(1);
              secret.close();
            }));
    SecretField first = (SecretField) shown("sheet-secret");
    SecretField second = (SecretField) shown("sheet-secret-again");
    robot.clickOn(first).write("right");
    robot.clickOn(second).write("wrong");
    robot.clickOn(shown("sheet-confirm"));
    assertThat(lengths).isEmpty();
    assertThat(sheets.showing().get()).isTrue();
    robot.push(KeyCode.ESCAPE);
    gone();
    assertThat(first.length().get()).isZero();
    assertThat(second.length().get()).isZero();
  }

  @Test
  void atMostFourNoticesAreShownAndTheirActionRunsOnce() throws Exception {
    PageStage.run(() -> {
      for (int i = 0; i < 6; i++) {
        String text = "Notice_" + i;
        dialogs.notice(new Notice(Notice.Tone.WARN, text, "Undo", () -> ran.add(text)));
      }
    });
    assertThat(PageStage.call(() -> stage.getScene().getRoot().lookupAll(".notice").size()))
        .isEqualTo(4);
    robot.clickOn("Undo");
    assertThat(ran).hasSize(1);
    assertThat(PageStage.call(() -> stage.getScene().getRoot().lookupAll(".notice").size()))
        .isEqualTo(3);
  }
}
