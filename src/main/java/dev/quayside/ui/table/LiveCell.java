package dev.quayside.ui.table;

import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/**
 * Is a cell that paints itself when it gets another row, and again at a tick if its row says
 * something new. The table keeps the few cells there are in a list; no listener hangs on a row.
 */
abstract class LiveCell extends TableCell<ServiceRow, ServiceRow> {

  @Override
  protected final void updateItem(@Nullable ServiceRow row, boolean empty) {
    super.updateItem(row, empty);
    setText(null);
    if (empty || row == null) {
      clear();
    } else {
      paint(row);
    }
  }

  /** Paints again what changed, if the cell shows a row. */
  final void tick() {
    ServiceRow row = getItem();
    if (!isEmpty() && row != null) {
      paint(row);
    }
  }

  /** Shows {@code row}; called each tick, so it compares before it sets anything. */
  abstract void paint(ServiceRow row);

  /** Shows nothing. */
  abstract void clear();
}
