package dev.quayside.ui.control;

import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Says on a page what stays so until somebody does something about it, with what can be done. */
public final class NoteBanner extends HBox {

  /**
   * Creates a banner.
   *
   * @param loud whether data is at stake, or it is only time for something
   * @param words what is so
   */
  public NoteBanner(boolean loud, String words, Node... buttons) {
    getStyleClass().addAll("note-banner", loud ? "loud" : "quiet");
    setAlignment(Pos.CENTER_LEFT);
    Label text = new Label(words);
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    getChildren()
        .addAll((loud ? Icon.WARNING : Icon.CLOCK).node(loud ? Look.WARN : Look.MUTED), text);
    for (Node button : buttons) {
      if (button instanceof Region region) {
        region.setMinWidth(Region.USE_PREF_SIZE);
      }
      getChildren().add(button);
    }
  }
}
