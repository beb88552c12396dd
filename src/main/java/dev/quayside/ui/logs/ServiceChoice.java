package dev.quayside.ui.logs;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** Is one service of the filter: its name, its colour, and whether its lines are shown. */
final class ServiceChoice {

  /** How many colours there are; services beyond share them, told apart by their names. */
  static final int COLOURS = 8;

  private final String name;
  private final int colour;
  private final BooleanProperty shown = new SimpleBooleanProperty(true);

  ServiceChoice(String name, int number) {
    this.name = name;
    this.colour = number % COLOURS;
  }

  String name() {
    return name;
  }

  /** Returns the number of its colour, 0 to 7. */
  int colour() {
    return colour;
  }

  BooleanProperty shown() {
    return shown;
  }
}
