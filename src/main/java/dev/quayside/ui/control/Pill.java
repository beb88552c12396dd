package dev.quayside.ui.control;

import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * Shows a state by shape, word and colour together. The style sheet has the shapes and colours, by
 * style class.
 */
class Pill extends Label {

  private @Nullable Enum<?> shown;

  Pill(String styleClass) {
    getStyleClass().addAll("pill", styleClass);
    Region shape = new Region();
    shape.getStyleClass().add("shape");
    setGraphic(shape);
    setMinWidth(USE_PREF_SIZE);
  }

  final void show(Enum<?> state, String word) {
    if (state != shown) {
      if (shown != null) {
        getStyleClass().remove(styleClassOf(shown));
      }
      shown = state;
      getStyleClass().add(styleClassOf(state));
    }
    if (!word.equals(getText())) {
      setText(word);
    }
  }

  private static String styleClassOf(Enum<?> state) {
    return "is-" + state.name().toLowerCase(Locale.ROOT);
  }
}
