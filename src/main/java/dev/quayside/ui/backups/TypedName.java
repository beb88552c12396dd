package dev.quayside.ui.backups;

import dev.quayside.ui.dialog.Sheet;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Asks for a name to be typed where the command line takes a yes. */
final class TypedName extends VBox {

  private final TextField field = new TextField();
  private final String wanted;
  private final StringProperty typed;

  /**
   * Asks.
   *
   * @param words why it is asked for
   * @param wanted what is to be typed
   * @param typed what was typed
   */
  TypedName(String words, String wanted, StringProperty typed) {
    this.wanted = wanted;
    this.typed = typed;
    getStyleClass().add("create-section");
    Label ask = Sheet.text(BackupsText.of("typed.ask", wanted));
    ask.setLabelFor(field);
    field.setId("restore-typed");
    field.setAccessibleText(ask.getText());
    field.textProperty().bindBidirectional(typed);
    getChildren().addAll(Sheet.text(words), ask, field);
  }

  TextField field() {
    return field;
  }

  /** Returns whether it was not typed yet. */
  BooleanBinding missing() {
    return typed.isNotEqualTo(wanted);
  }

  /** Stops following what is typed, which lives longer. */
  void leave() {
    field.textProperty().unbindBidirectional(typed);
  }
}
