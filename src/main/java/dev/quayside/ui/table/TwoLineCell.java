package dev.quayside.ui.table;

import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows a text, and a smaller one below it, with all of it as tooltip. */
final class TwoLineCell extends LiveCell {

  private final Label first = new Label();
  private final Label second = new Label();
  private final VBox box = new VBox(first, second);
  private final Function<ServiceRow, Text> texts;
  private @Nullable Tooltip hint;
  private @Nullable Text shown;

  TwoLineCell(Function<ServiceRow, Text> texts, OverrunStyle overrun) {
    this.texts = texts;
    getStyleClass().add("two-line-cell");
    second.getStyleClass().add("second-line");
    first.setTextOverrun(overrun);
    second.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    box.getStyleClass().add("lines");
    box.setAlignment(Pos.CENTER_LEFT);
    setMinWidth(0);
  }

  @Override
  void paint(ServiceRow row) {
    Text text = texts.apply(row);
    if (getGraphic() == null) {
      setGraphic(box);
    }
    if (text.equals(shown)) {
      return;
    }
    shown = text;
    first.setText(text.first());
    second.setText(text.second());
    boolean two = !text.second().isEmpty();
    second.setVisible(two);
    second.setManaged(two);
    if (hint == null) {
      hint = new Tooltip();
      setTooltip(hint);
    }
    hint.setText(text.full());
  }

  @Override
  void clear() {
    setGraphic(null);
  }

  /**
   * Holds what the cell shows.
   *
   * @param first large
   * @param second small; may be empty
   * @param full the tooltip
   */
  record Text(String first, String second, String full) {}
}
