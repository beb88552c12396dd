package dev.quayside.ui.shell;

import dev.quayside.ui.theme.Look;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows one figure of the host: its name, small, above its value; a line or meter beside it. */
final class HostTile extends HBox {

  private final Label value = new Label();
  private final Tooltip hint = new Tooltip();
  private final String name;

  HostTile(String id, String name, @Nullable Node picture) {
    this.name = name;
    setId(id);
    getStyleClass().add("host-tile");
    setAlignment(Pos.CENTER_LEFT);
    Label caption = new Label(name);
    caption.getStyleClass().add("caption");
    value.getStyleClass().add(Look.FIGURE);
    value.setMinWidth(Region.USE_PREF_SIZE);
    VBox words = new VBox(caption, value);
    words.setAlignment(Pos.CENTER_LEFT);
    if (picture != null) {
      getChildren().add(picture);
    }
    getChildren().add(words);
    Tooltip.install(this, hint);
  }

  /** Shows {@code text}; {@code more} is the tooltip. */
  void show(String text, String more) {
    if (!text.equals(value.getText())) {
      value.setText(text);
      setAccessibleText(name + " " + text);
    }
    if (!more.equals(hint.getText())) {
      hint.setText(more);
    }
  }
}
