package dev.quayside.ui.control;

import dev.quayside.ui.theme.Look;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Heads a page: its name, what it is for, and its main buttons at the right. */
public final class PageHeader extends HBox {

  /** Creates the head of a page. */
  public PageHeader(String title, String subtitle, Node... buttons) {
    getStyleClass().add("page-header");
    setAlignment(Pos.CENTER_LEFT);
    Label heading = new Label(title);
    heading.getStyleClass().add(Look.PAGE_TITLE);
    Label purpose = new Label(subtitle);
    purpose.getStyleClass().add(Look.PAGE_SUBTITLE);
    VBox words = new VBox(heading, purpose);
    words.getStyleClass().add("page-words");
    HBox.setHgrow(words, Priority.ALWAYS);
    getChildren().add(words);
    getChildren().addAll(buttons);
  }
}
