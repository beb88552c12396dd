package dev.quayside.app;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;

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

  /** A table's cells may cut foreign text, since all of it is in the tooltip; nothing else may. */
  private static void clipped(Labeled labeled, String where, List<String> faults) {
    String text = labeled.getText();
    if (text == null || text.isEmpty() || labeled.getTooltip() != null || inCell(labeled)) {
      return;
    }
    for (Node child : labeled.getChildrenUnmodifiable()) {
      if (child instanceof Text shown
          && !shown.getStyleClass().contains("icon")
          && !shown.getText().equals(text)
          && !shown.getText().isEmpty()) {
        faults.add(where + ": clipped to '" + shown.getText() + "': " + describe(labeled));
      }
    }
  }

  private static double scene(Node node) {
    return node.getScene().getWidth();
  }

  private static boolean inCell(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at instanceof javafx.scene.control.Cell<?>) {
        return true;
      }
    }
    return false;
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
