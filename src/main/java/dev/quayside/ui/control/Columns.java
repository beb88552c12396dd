package dev.quayside.ui.control;

import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** Makes columns for tables whose rows are immutable values. */
public final class Columns {

  private Columns() {}

  /** Returns a column of text; what does not fit is in the tooltip. */
  public static <S> TableColumn<S, S> text(
      String id, String title, double width, Function<S, String> text) {
    TableColumn<S, S> column = column(id, title, width, Comparator.comparing(text));
    column.setCellFactory(shown ->
        new TableCell<>() {
          @Override
          protected void updateItem(@Nullable S row, boolean empty) {
            super.updateItem(row, empty);
            String words = empty || row == null ? null : text.apply(row);
            setText(words);
            setTooltip(words == null || words.isEmpty() ? null : new Tooltip(words));
          }
        });
    return column;
  }

  /**
   * Returns a column that draws each row with a node of its own.
   *
   * @param order sorts the rows
   * @param node makes the node of a row; its accessible text has to say all
   */
  public static <S> TableColumn<S, S> node(
      String id, String title, double width, Comparator<S> order, Function<S, Node> node) {
    TableColumn<S, S> column = column(id, title, width, order);
    column.setCellFactory(shown ->
        new TableCell<>() {
          @Override
          protected void updateItem(@Nullable S row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : node.apply(row));
          }
        });
    return column;
  }

  private static <S> TableColumn<S, S> column(
      String id, String title, double width, Comparator<S> order) {
    TableColumn<S, S> column = new TableColumn<>(title);
    column.setId(id);
    column.setPrefWidth(width);
    column.setComparator(order);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    return column;
  }
}
