package dev.quayside.app;

import dev.quayside.common.ForeignText;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Finds foreign text that reached the screen as it came: characters that steer or reorder, line
 * breaks inside a name, underscores that a control takes for its mnemonic.
 */
final class Harmless {

  private static final int LONGEST = 2_000;

  private Harmless() {}

  /** Returns what is wrong in all windows and pop-ups that are shown. */
  static List<String> faults(String where) {
    List<String> faults = new ArrayList<>();
    for (Window window : Window.getWindows()) {
      if (window.getScene() != null && window.isShowing()) {
        walk(window.getScene().getRoot(), where, faults);
      }
    }
    return faults;
  }

  private static void walk(Node node, String where, List<String> faults) {
    check(node.getAccessibleText(), where + ": spoken", faults);
    if (node instanceof Text text && !text.getStyleClass().contains("icon")) {
      check(text.getText(), where + ": text", faults);
    }
    if (node instanceof TextInputControl field) {
      check(field.getText(), where + ": field", faults);
    }
    if (node instanceof Labeled labeled && labeled.getText() != null) {
      check(labeled.getText(), where + ": label", faults);
      if (labeled.isMnemonicParsing() && labeled.getText().contains("_")) {
        faults.add(where + ": loses its underscore: " + labeled.getText());
      }
    }
    if (node instanceof Control control && control.getTooltip() != null) {
      check(control.getTooltip().getText(), where + ": tooltip", faults);
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> walk(child, where, faults));
    }
  }

  private static void check(@Nullable String text, String where, List<String> faults) {
    if (text == null) {
      return;
    }
    if (text.length() > LONGEST) {
      faults.add(where + " of " + text.length() + " characters");
    }
    // Our own words may have several lines; a name that begins one has brought the break along.
    String lines = text.replace("\n", "");
    if (text.contains("\nBREAK") || !ForeignText.line(lines, Integer.MAX_VALUE).equals(lines)) {
      faults.add(where + " as it came: " + ForeignText.line(text, 200));
    }
  }
}
