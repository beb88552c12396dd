package dev.quayside.app;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with a page by walking through its nodes: clipped words, focusable nodes
 * without a name.
 */
final class PageFaults {

  private PageFaults() {}

  static List<String> of(Scene scene, String where) {
    List<String> faults = new ArrayList<>();
    walk(scene.getRoot(), where, faults);
    return faults;
  }

  private static void walk(Node node, String where, List<String> faults) {
    if (!node.isVisible()) {
      return;
    }
    if (node.isFocusTraversable() && !node.isDisabled() && name(node).isBlank()) {
      faults.add(where + ": focusable without a name: " + describe(node));
    }
    double width = node.getLayoutBounds().getWidth();
    if (width > scene(node) + 1 || node.getLayoutBounds().getHeight() > 4000) {
      faults.add(where + ": larger than the window: " + node.getLayoutBounds() + describe(node));
    }
    if (node instanceof Labeled labeled) {
      clipped(labeled, where, faults);
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> walk(child, where, faults));
    }
  }

  /** Text may be cut only where a tooltip, on it or around it, carries all of it. */
  private static void clipped(Labeled labeled, String where, List<String> faults) {
    String text = labeled.getText();
    if (text == null || text.isEmpty() || inTooltip(labeled, text)) {
      return;
    }
    for (Node child : labeled.getChildrenUnmodifiable()) {
      if (child instanceof Text shown
          && !shown.getStyleClass().contains("icon")
          && cut(shown.getText(), text, labeled.getEllipsisString())) {
        faults.add(where + ": clipped to '" + shown.getText() + "': " + describe(labeled));
      }
    }
  }

  private static boolean cut(String shown, String text, String ellipsis) {
    return !shown.equals(text) && (shown.isEmpty() || shown.contains(ellipsis));
  }

  private static boolean inTooltip(Node node, String text) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (tooltip(at) instanceof Tooltip hint && hint.getText().contains(text)) {
        return true;
      }
    }
    return false;
  }

  /** A tooltip that was installed on a node that is no control is among its properties. */
  private static @Nullable Tooltip tooltip(Node node) {
    if (node instanceof Control control && control.getTooltip() != null) {
      return control.getTooltip();
    }
    return node.getProperties().values().stream()
        .filter(Tooltip.class::isInstance)
        .map(Tooltip.class::cast)
        .findFirst()
        .orElse(null);
  }

  private static double scene(Node node) {
    return node.getScene().getWidth();
  }

  private static String name(Node node) {
    if (node.getAccessibleText() != null) {
      return node.getAccessibleText();
    }
    if (node instanceof Labeled labeled && labeled.getText() != null) {
      return labeled.getText();
    }
    if (node instanceof TextInputControl field && field.getPromptText() != null) {
      return field.getPromptText();
    }
    return "";
  }

  private static String describe(Node node) {
    String text = node instanceof Labeled labeled ? " '" + labeled.getText() + "'" : "";
    return node.getClass().getSimpleName()
        + (node.getId() == null ? "" : "#" + node.getId())
        + node.getStyleClass()
        + text
        + " in "
        + (node.getParent() == null ? "" : node.getParent().getStyleClass());
  }
}
