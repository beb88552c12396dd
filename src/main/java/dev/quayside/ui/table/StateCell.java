package dev.quayside.ui.table;

import dev.quayside.ui.control.StatePill;

/** Shows the state of a service as a pill. */
final class StateCell extends LiveCell {

  private final StatePill pill = new StatePill();

  StateCell() {
    getStyleClass().add("state-cell");
  }

  @Override
  void paint(ServiceRow row) {
    pill.show(row.state());
    if (getGraphic() == null) {
      setGraphic(pill);
    }
  }

  @Override
  void clear() {
    setGraphic(null);
  }
}
