package dev.quayside.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Secret;
import dev.quayside.ui.pages.PageStage;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The field for secrets, typed into by hand. */
@Tag("window")
final class SecretFieldTest {

  private static final String TYPED = "hunter2";

  private final FxRobot robot = new FxRobot();
  private Stage stage;
  private SecretField field;

  @BeforeEach
  void open() throws Exception {
    field = PageStage.call(SecretField::new);
    stage =
        PageStage.call(() -> {
          Stage made = new Stage();
          made.setScene(new Scene(field, 300, 60));
          made.show();
          made.requestFocus();
          field.requestFocus();
          return made;
        });
    PageStage.await("focus", () -> stage.isFocused() && field.isFocused());
  }

  @AfterEach
  void close() throws Exception {
    PageStage.run(stage::close);
  }

  private void type(String words) throws Exception {
    robot.write(words);
    PageStage.await("typed", () -> field.length().get() == words.length());
  }

  @Test
  void dotsAreShownAndTheWordsAreNowhere() throws Exception {
    type(TYPED);

    String shown =
        PageStage.call(() ->
            field.getChildrenUnmodifiable().stream()
                .filter(Text.class::isInstance)
                .map(node -> ((Text) node).getText())
                .findFirst()
                .orElseThrow());
    assertThat(shown).isEqualTo("•".repeat(TYPED.length()));
    assertThat(field.toString()).doesNotContain(TYPED);
    assertThat(field.getAccessibleRole()).isEqualTo(AccessibleRole.PASSWORD_FIELD);
    for (AccessibleAttribute attribute : AccessibleAttribute.values()) {
      if (attribute.getReturnType() == String.class) {
        Object told = PageStage.call(() -> field.queryAccessibleAttribute(attribute));
        assertThat(String.valueOf(told)).as(attribute.name()).doesNotContain(TYPED);
      }
    }
  }

  @Test
  void nothingCanBeCopiedOrCutOutOfIt() throws Exception {
    type(TYPED);
    robot.push(KeyCode.CONTROL, KeyCode.A);
    robot.push(KeyCode.CONTROL, KeyCode.C);
    robot.push(KeyCode.CONTROL, KeyCode.X);

    String copied =
        PageStage.call(() -> String.valueOf(Clipboard.getSystemClipboard().getString()));
    assertThat(copied).doesNotContain(TYPED);
    assertThat(field.length().get()).isEqualTo(TYPED.length());
  }

  @Test
  void whatIsEditedIsWhatIsHandedOverAndNothingIsLeftBehind() throws Exception {
    type("hunterX");
    char[] held = held();
    robot.push(KeyCode.BACK_SPACE);
    robot.push(KeyCode.HOME);
    robot.push(KeyCode.DELETE);
    robot.write("H");
    robot.push(KeyCode.END);
    robot.write("2");
    PageStage.await("edited", () -> field.length().get() == TYPED.length());

    try (Secret expected = Secret.owning("Hunter2".toCharArray());
        Secret taken = PageStage.call(field::take)) {
      assertThat(taken.sameAs(expected)).isTrue();
    }
    assertThat(field.length().get()).isZero();
    assertThat(held).containsOnly('\0');
  }

  @Test
  void whatCannotBeHeldAsItIsIsNotPastedAtAllAndThatIsSaid() throws Exception {
    paste("first line\nsecond line");
    assertThat(field.length().get()).isZero();
    assertThat(complaint()).contains("several lines");
    paste("x".repeat(1025));
    assertThat(field.length().get()).isZero();
    assertThat(complaint()).contains("1,024");

    paste(" " + TYPED + " \n");
    assertThat(complaint()).isEmpty();
    try (Secret expected = Secret.owning((" " + TYPED + " ").toCharArray());
        Secret taken = PageStage.call(field::take)) {
      assertThat(taken.sameAs(expected)).isTrue();
    }
  }

  @Test
  void whatIsTypedBeyondTheLongestIsSaidToBeLeftOut() throws Exception {
    paste("x".repeat(1024));
    assertThat(complaint()).isEmpty();
    PageStage.run(() -> field.fireEvent(typed("y")));
    assertThat(field.length().get()).isEqualTo(1024);
    assertThat(complaint()).contains("left out");
  }

  private void paste(String words) throws Exception {
    PageStage.run(() -> {
      Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, words));
      field.fireEvent(
          new javafx.scene.input.KeyEvent(
              javafx.scene.input.KeyEvent.KEY_PRESSED,
              "",
              "",
              KeyCode.V,
              false,
              true,
              false,
              false));
    });
  }

  private String complaint() throws Exception {
    return PageStage.call(() -> field.complaint().getText());
  }

  @Test
  void wipingOverwritesAlsoWhenTheFieldHasGrown() throws Exception {
    char[] first = held();
    PageStage.run(() -> {
      for (int i = 0; i < 100; i++) {
        field.fireEvent(typed("x"));
      }
    });
    char[] grown = held();
    assertThat(grown).isNotSameAs(first);
    assertThat(first).containsOnly('\0');
    assertThat(Arrays.copyOf(grown, 100)).containsOnly('x');

    PageStage.run(field::wipe);
    assertThat(grown).containsOnly('\0');
  }

  private static javafx.scene.input.KeyEvent typed(String character) {
    return new javafx.scene.input.KeyEvent(
        javafx.scene.input.KeyEvent.KEY_TYPED,
        character,
        "",
        KeyCode.UNDEFINED,
        false,
        false,
        false,
        false);
  }

  /** What it holds can be seen only by looking into it. */
  private char[] held() throws Exception {
    Field value = SecretField.class.getDeclaredField("value");
    value.setAccessible(true);
    return (char[]) value.get(field);
  }
}
