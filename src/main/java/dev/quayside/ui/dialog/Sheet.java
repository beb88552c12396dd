package dev.quayside.ui.dialog;

import dev.quayside.ui.theme.Look;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Is a panel inside the window that asks or tells something: heading, content, and a row of buttons
 * at its foot.
 */
public final class Sheet extends VBox {

  private final HBox foot = new HBox();
  private @Nullable Node firstFocus;

  /**
   * Creates a sheet with {@code title} as its heading, also to assistive technology, around {@code
   * content}.
   */
  public Sheet(String id, String title, Node... content) {
    setId(id);
    getStyleClass().add("ask-sheet");
    setAccessibleText(title);
    Label heading = new Label(title);
    heading.getStyleClass().add("sheet-title");
    heading.setWrapText(true);
    VBox body = new VBox(content);
    body.getStyleClass().add("sheet-body");
    VBox.setVgrow(body, Priority.ALWAYS);
    foot.getStyleClass().add("sheet-foot");
    foot.setAlignment(Pos.CENTER_RIGHT);
    getChildren().addAll(heading, body, foot);
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
  }

  /** Puts {@code buttons} at the foot, from left to right. */
  public Sheet withButtons(Button... buttons) {
    foot.getChildren().setAll(buttons);
    return this;
  }

  /** Adds {@code styleClass}, for example to make the sheet wide. */
  public Sheet withStyle(String styleClass) {
    getStyleClass().add(styleClass);
    return this;
  }

  /**
   * Gives the focus to {@code node} when the sheet opens, as long as {@code node} stays inside it.
   */
  public Sheet focusing(Node node) {
    firstFocus = node;
    return this;
  }

  /**
   * Keeps Enter from pressing {@code button}, which does something that is not to happen by
   * accident.
   */
  public static void ignoreEnter(Button button) {
    button.addEventFilter(
        KeyEvent.ANY,
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            event.consume();
          }
        });
  }

  void takeFocus() {
    // What was meant for the first step may be gone by now, and would take no keys.
    Node wanted = firstFocus != null && takesKeys(firstFocus) ? firstFocus : firstButton();
    wanted.requestFocus();
  }

  private Node firstButton() {
    return foot.getChildren().stream().filter(this::takesKeys).findFirst().orElse(this);
  }

  private boolean takesKeys(Node node) {
    return node.getScene() != null && node.getScene().equals(getScene()) && !node.isDisabled();
  }

  List<Node> buttons() {
    return List.copyOf(foot.getChildren());
  }

  /** Returns a line of text that wraps. */
  public static Label text(String words) {
    Label label = new Label(words);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  /** Returns a line of text that wraps and matters less. */
  public static Label mutedText(String words) {
    Label label = text(words);
    label.getStyleClass().add(Look.MUTED);
    return label;
  }
}
