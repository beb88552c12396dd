package dev.quayside.ui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Secret;
import dev.quayside.ui.control.SecretField;
import dev.quayside.ui.pages.PageStage;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
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
  void aSheetWhoseFirstFieldIsGoneTakesTheFocusBackToItsFoot() throws Exception {
    VBox content = PageStage.call(() -> new VBox(new TextField()));
    Button close = PageStage.call(() -> new Button("Close"));
    PageStage.run(() ->
        sheets.show(
            new Sheet("steps", "Steps", content)
                .withButtons(close)
                .focusing(content.getChildren().getFirst())));
    PageStage.await("the field", () -> content.getChildren().getFirst().isFocused());

    PageStage.run(() -> content.getChildren().setAll(new Label("The next step")));
    PageStage.await("the foot", close::isFocused);
    PageStage.run(behind::requestFocus);
    PageStage.await("the foot again", close::isFocused);
  }

  @Test
  void whatLeavesMakesRoomAndWhatIsWrongStaysUntilItIsClosed() throws Exception {
    show(Notice.Tone.BAD, "Broken");
    for (int i = 0; i < 6; i++) {
      show(Notice.Tone.GOOD, "Notice_" + i);
    }
    assertThat(notices()).containsExactly("Broken", "Notice_3", "Notice_4", "Notice_5");
    robot.clickOn("Undo");
    assertThat(ran).hasSize(1);
    assertThat(notices()).hasSize(3);
  }

  @Test
  void moreThatIsWrongThanTheWindowIsHighIsAllThereAndTheNewestIsSeen() throws Exception {
    for (int i = 0; i < 25; i++) {
      show(Notice.Tone.WARN, "Wrong_" + i);
    }
    show(Notice.Tone.GOOD, "Good");
    assertThat(notices()).hasSize(26).startsWith("Wrong_0").endsWith("Good");
    Node newest =
        PageStage.call(
            () -> stage.getScene().getRoot().lookupAll(".notice").stream().toList().getLast());
    PageStage.await(
        "inside the window",
        () -> {
          Bounds seen = newest.localToScene(newest.getBoundsInLocal());
          return seen.getMinY() > 0 && seen.getMaxY() <= stage.getScene().getHeight();
        });
    robot.clickOn("Good");
    assertThat(PageStage.call(() -> notices.layer().getBoundsInParent().getHeight()))
        .isLessThanOrEqualTo(600);
  }

  @Test
  void whatEndsWhileSomethingElseIsAskedWaitsInTheCorner() throws Exception {
    LateNews news = PageStage.call(() -> new LateNews(dialogs, sheets));
    PageStage.run(() -> {
      news.ended(Notice.Tone.GOOD, "Not seen", "Show", () -> ran.add("other page"));
      news.pageShown(true);
      news.answered(Notice.Tone.GOOD, "At once", "Show", () -> ran.add("answer"));
      news.ended(Notice.Tone.GOOD, "Seen", "Show", () -> ran.add("free"));
      dialogs.confirm(Confirmation.recoverable("Stop?", "All.", List.of(), "Stop"), () -> {});
      news.ended(Notice.Tone.BAD, "Covered", "Show", () -> ran.add("covered"));
      news.answered(Notice.Tone.INFO, "Later", "Show", () -> ran.add("later"));
    });
    assertThat(ran).containsExactly("answer", "free");
    assertThat(notices()).containsExactly("Not seen", "Seen", "Covered", "Later");
  }

  private void show(Notice.Tone tone, String text) throws Exception {
    PageStage.run(() -> dialogs.notice(new Notice(tone, text, "Undo", () -> ran.add(text))));
  }

  private List<String> notices() throws Exception {
    return PageStage.call(() ->
        stage.getScene().getRoot().lookupAll(".notice").stream()
            .map(box -> ((Label) box.lookup(".label")).getText())
            .toList());
  }
}
