package dev.quayside.ui.control;

import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;

/** Says what would be here, and offers the one action that brings it. */
public final class EmptyState extends VBox {

  /**
   * Creates it with {@code actions}, usually one button, below the text; none where nothing can be
   * done yet.
   */
  public EmptyState(Icon icon, String title, String text, Node... actions) {
    getStyleClass().add("empty-state");
    setAlignment(Pos.CENTER);
    Label heading = new Label(title);
    heading.getStyleClass().add(Look.SECTION_TITLE);
    heading.setWrapText(true);
    heading.setAlignment(Pos.CENTER);
    Label body = new Label(text);
    body.setWrapText(true);
    body.getStyleClass().add(Look.MUTED);
    body.setTextAlignment(TextAlignment.CENTER);
    body.setAlignment(Pos.CENTER);
    getChildren().addAll(icon.node("empty-icon"), heading, body);
    if (actions.length > 0) {
      HBox row = new HBox(actions);
      row.setAlignment(Pos.CENTER);
      row.getStyleClass().add("empty-actions");
      getChildren().add(row);
    }
  }
}
