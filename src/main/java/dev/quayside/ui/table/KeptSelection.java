package dev.quayside.ui.table;

import dev.quayside.engine.ContainerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.control.TableView;
import javafx.scene.control.TableView.TableViewSelectionModel;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which services are selected while the rows change. A table selects the neighbour of a
 * selected row that goes, and the next action would hit a service that nobody chose.
 */
final class KeptSelection {

  private final TableView<ServiceRow> view;
  private final List<Key> keys;

  private KeptSelection(TableView<ServiceRow> view) {
    this.view = view;
    this.keys =
        view.getSelectionModel().getSelectedItems().stream()
            .map(row -> new Key(row.id(), row.stack(), row.name()))
            .toList();
  }

  /** Remembers what is selected in {@code view} now. */
  static KeptSelection of(TableView<ServiceRow> view) {
    return new KeptSelection(view);
  }

  /**
   * Selects the same containers again if anything else is selected now; for a container that is
   * gone, the one that took its place in the same service. What is only hidden is not selected.
   */
  void restore(ServiceRows rows) {
    Set<ServiceRow> wanted = new HashSet<>();
    List<Key> gone = new ArrayList<>();
    for (Key key : keys) {
      ServiceRow row = rows.find(key.id());
      if (row == null) {
        gone.add(key);
      } else if (rows.rows().contains(row)) {
        wanted.add(row);
      }
    }
    for (Key key : gone) {
      ServiceRow heir = heir(key, rows, wanted);
      if (heir != null) {
        wanted.add(heir);
      }
    }
    TableViewSelectionModel<ServiceRow> selection = view.getSelectionModel();
    if (!wanted.equals(new HashSet<>(selection.getSelectedItems()))) {
      selection.clearSelection();
      for (int i = 0; i < rows.rows().size(); i++) {
        if (wanted.contains(rows.rows().get(i))) {
          selection.select(i);
        }
      }
    }
  }

  private static @Nullable ServiceRow heir(Key key, ServiceRows rows, Set<ServiceRow> taken) {
    return rows.rows().stream()
        .filter(row -> row.stack().equals(key.stack()) && row.name().equals(key.name()))
        .filter(row -> !taken.contains(row))
        .findFirst()
        .orElse(null);
  }

  /** Names a selected container, and the service it belongs to. */
  private record Key(ContainerId id, String stack, String name) {}
}
