package dev.quayside.ui.table;

import dev.quayside.common.Messages;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import org.jspecify.annotations.Nullable;

/**
 * Heads the column of figures: one word over each, at the same place; a click sorts by it, a second
 * click by name.
 */
final class FigureHeader extends Pane {

  private static final PseudoClass SORTED = PseudoClass.getPseudoClass("sorted");

  private final Map<Figure, Label> labels = new EnumMap<>(Figure.class);
  private final List<Figure> figures;
  private double em = 13;
  private @Nullable Figure sorted;

  FigureHeader(Messages messages, List<Figure> figures, Consumer<@Nullable Figure> sort) {
    this.figures = figures;
    getStyleClass().add("figure-header");
    for (Figure figure : figures) {
      Label label = new Label(messages.get(figure.key()));
      label.setTooltip(new Tooltip(messages.get(figure.key() + ".hint")));
      label.setOnMouseClicked(event -> {
        event.consume();
        sort.accept(figure == sorted ? null : figure);
      });
      labels.put(figure, label);
      getChildren().add(label);
    }
  }

  /** Marks the figure that the rows are sorted by; null for none. */
  void mark(@Nullable Figure figure) {
    sorted = figure;
    labels.forEach((key, label) -> label.pseudoClassStateChanged(SORTED, key == figure));
  }

  void textSize(double pixels) {
    em = pixels;
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    labels.values().forEach(label -> label.setVisible(false));
    for (FigureLayout.Slot slot : FigureLayout.place(figures, getWidth(), em)) {
      Label label = labels.get(slot.figure());
      if (label != null) {
        label.setVisible(true);
        label.resizeRelocate(slot.x(), 0, slot.width(), getHeight());
      }
    }
  }
}
