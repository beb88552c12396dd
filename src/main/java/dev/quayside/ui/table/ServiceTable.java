package dev.quayside.ui.table;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.control.PortTexts;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/**
 * Shows services in a table that follows the snapshots. One snapshot is one pass over the visible
 * cells; rows are never replaced, sorted at most every three seconds and never while the pointer is
 * on them.
 */
public final class ServiceTable {

  private static final Duration BETWEEN_SORTS = Duration.ofSeconds(3);
  private static final int NAME = 80;
  private static final double ROW_EM = 3.1;
  private static final double NARROWEST = 0.75;

  private final Messages messages = Messages.of("shell");
  private final ServiceRows rows = new ServiceRows();
  private final List<LiveCell> cells = new ArrayList<>();
  private final TableView<ServiceRow> view = new TableView<>(rows.rows());
  private final Workbench workbench;
  private final List<Figure> figures;
  private final FigureHeader header;
  private Instant now = Instant.EPOCH;
  private Instant sorted = Instant.EPOCH;
  private @Nullable Figure byFigure;

  /**
   * Creates a table.
   *
   * @param id of its node
   * @param name what it lists, for assistive technology
   * @param figures which figures its canvas column shows, from left to right
   */
  public ServiceTable(Workbench workbench, String id, String name, List<Figure> figures) {
    this.workbench = workbench;
    this.figures = List.copyOf(figures);
    this.header = new FigureHeader(messages, this.figures, this::sortBy);
    view.setId(id);
    view.getStyleClass().add("service-table");
    view.setAccessibleText(name);
    view.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
    view.setSortPolicy(table -> sortByColumns());
    addColumns();
    workbench.theme().textSize().addListener((source, before, size) -> scale(size.doubleValue()));
    view.widthProperty().addListener((source, before, width) -> share());
    scale(workbench.theme().textSize().get());
  }

  /** Returns its node. */
  public TableView<ServiceRow> view() {
    return view;
  }

  /** Returns its rows. */
  public ServiceRows rows() {
    return rows;
  }

  /** Shows what {@code snapshot} says of the services that {@code wanted} accepts. */
  public void show(StatusSnapshot snapshot, Predicate<ServiceRow> wanted) {
    now = snapshot.at();
    KeptSelection selected = KeptSelection.of(view);
    rows.update(snapshot.stacks(), wanted);
    selected.restore(rows);
    for (LiveCell cell : cells) {
      cell.tick();
    }
    boolean ordered = byFigure != null || !view.getSortOrder().isEmpty();
    if (ordered && !view.isHover() && Duration.between(sorted, now).compareTo(BETWEEN_SORTS) >= 0) {
      sorted = now;
      rows.sort();
    }
  }

  /** Sorts by {@code figure}, largest first; null sorts by name. */
  public void sortBy(@Nullable Figure figure) {
    byFigure = figure;
    header.mark(figure);
    view.getSortOrder().clear();
    sorted = now;
    rows.order(figure == null ? null : figure.largestFirst());
  }

  private boolean sortByColumns() {
    if (!view.getSortOrder().isEmpty()) {
      byFigure = null;
      header.mark(null);
      sorted = now;
      rows.order(view.getComparator());
    } else if (byFigure == null) {
      rows.order(null);
    }
    return true;
  }

  private void addColumns() {
    TableColumn<ServiceRow, ServiceRow> state = column("column.state", StateCell::new, 8.2);
    state.setComparator(Comparator.comparingInt(row -> row.state().urgency()));
    // A cut pill would lose its word.
    state.setUserData(new Width(8.2, 8.0, false));
    TableColumn<ServiceRow, ServiceRow> service =
        column("column.service", () -> new TwoLineCell(this::service, OverrunStyle.ELLIPSIS), 10.5);
    service.setComparator(Comparator.comparing(ServiceRow::name));
    TableColumn<ServiceRow, ServiceRow> image =
        column(
            "column.image",
            () -> new TwoLineCell(ServiceTable::image, OverrunStyle.LEADING_ELLIPSIS),
            9.5);
    image.setComparator(Comparator.comparing(row -> row.status().container().image()));
    TableColumn<ServiceRow, ServiceRow> ports =
        column("column.ports", () -> new PortsCell(messages), 10.5);
    ports.setComparator(Comparator.comparingInt(row -> PortTexts.rank(row.status().exposure())));
    TableColumn<ServiceRow, ServiceRow> figureColumn = column("", this::figureCell, 30);
    figureColumn.setGraphic(header);
    figureColumn.setSortable(false);
    figureColumn.getStyleClass().add("figure-column");
    header.prefWidthProperty().bind(figureColumn.widthProperty());
    view.getColumns().addAll(List.of(state, service, image, ports, figureColumn));
  }

  /**
   * Returns an action for each order that a click on a head gives, for those who use no mouse.
   *
   * @param group under which palette and key sheet list them
   */
  public List<Action> sorting(String group) {
    List<Action> sorting = new ArrayList<>();
    for (TableColumn<ServiceRow, ?> column : view.getColumns()) {
      if (column.isSortable()) {
        sorting.add(
            sorting(
                column.getId(),
                group,
                column.getText(),
                () -> view.getSortOrder().setAll(List.of(column))));
      }
    }
    for (Figure figure : figures) {
      sorting.add(sorting(figure.key(), group, messages.get(figure.key()), () -> sortBy(figure)));
    }
    return sorting;
  }

  private Action sorting(String key, String group, String what, Runnable sort) {
    return Action.of(
        view.getId() + ".sort." + key, group, messages.get("action.sort", what), Icon.NEXT, sort);
  }

  private TableColumn<ServiceRow, ServiceRow> column(
      String key, Supplier<? extends LiveCell> cell, double widthEm) {
    TableColumn<ServiceRow, ServiceRow> column = new TableColumn<>();
    if (!key.isEmpty()) {
      column.setId(key);
      column.setText(messages.get(key));
    }
    boolean grows = key.equals("column.service") || key.equals("column.image");
    column.setUserData(new Width(widthEm, widthEm * NARROWEST, grows));
    column.setReorderable(false);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    column.setCellFactory(source -> {
      LiveCell made = cell.get();
      cells.add(made);
      return made;
    });
    return column;
  }

  private FigureCell figureCell() {
    return new FigureCell(
        figures, new FigureTexts(messages), workbench.history(), workbench.colours(), () -> now);
  }

  private TwoLineCell.Text service(ServiceRow row) {
    String name = ForeignText.line(row.name(), NAME);
    String container = ForeignText.line(row.status().container().name(), NAME);
    boolean several = workbench.stacks().names().size() > 2;
    String second = several ? ForeignText.line(row.stack(), NAME) : "";
    return new TwoLineCell.Text(
        name,
        second,
        messages.get(
            "service.hint", ForeignText.line(row.name(), 400), container, row.id().brief()));
  }

  private static TwoLineCell.Text image(ServiceRow row) {
    String full = row.status().container().image();
    int slash = full.lastIndexOf('/');
    String brief = full.substring(slash + 1);
    int at = brief.indexOf('@');
    int colon = at >= 0 ? at : brief.lastIndexOf(':');
    String name = colon > 0 ? brief.substring(0, colon) : brief;
    String tag = colon > 0 ? brief.substring(colon + 1) : "";
    return new TwoLineCell.Text(
        ForeignText.line(name, NAME), ForeignText.line(tag, NAME), ForeignText.line(full, 300));
  }

  private void scale(double pixels) {
    view.setFixedCellSize(Math.rint(pixels * ROW_EM));
    header.textSize(pixels);
    for (TableColumn<ServiceRow, ?> column : view.getColumns()) {
      if (column.getUserData() instanceof Width(double usual, double least, _)) {
        boolean last = column.getGraphic() != null;
        column.setMinWidth(last ? 12 * pixels : least * pixels);
        column.setMaxWidth(last ? 5000 : usual * 2.2 * pixels);
      }
    }
    share();
  }

  /** Gives what the figures would leave empty to the columns whose words are cut otherwise. */
  private void share() {
    double pixels = workbench.theme().textSize().get();
    double spare = view.getWidth() - FigureLayout.most(figures, pixels);
    int takers = 0;
    for (TableColumn<ServiceRow, ?> column : view.getColumns()) {
      if (column.getGraphic() == null && column.getUserData() instanceof Width width) {
        spare -= width.usual() * pixels;
        takers += width.grows() ? 1 : 0;
      }
    }
    double share = Math.max(0, Math.floor(spare / Math.max(1, takers)));
    for (TableColumn<ServiceRow, ?> column : view.getColumns()) {
      if (column.getUserData() instanceof Width width) {
        column.setPrefWidth(width.usual() * pixels + (width.grows() ? share : 0));
      }
    }
  }

  /** Shows {@code node} instead of rows while there are none. */
  public void placeholder(Node node) {
    view.setPlaceholder(node);
  }

  /** Returns a label for a table that waits for its first rows. */
  public Label waiting() {
    Label label = new Label(messages.get("table.waiting"));
    label.getStyleClass().add("muted");
    return label;
  }

  /** Holds the width of a column in em. */
  private record Width(double usual, double least, boolean grows) {}
}
