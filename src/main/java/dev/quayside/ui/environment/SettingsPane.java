package dev.quayside.ui.environment;

import atlantafx.base.theme.Styles;
import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.Columns;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lists the settings of the chosen file with what is noted for them. */
final class SettingsPane extends VBox {

  private static final KeyCombination UNDO = KeyCombination.valueOf("Shortcut+Z");

  private static final int LINE = 2;
  private static final int SHORT = 20;
  private static final double LINE_WIDTH = 80;

  private final EnvironmentModel model;
  private final EnvironmentActions actions;
  private final Consumer<String> undo;
  private final TextField search = new TextField();
  private final FilteredList<SettingRow> filtered;
  private final TableView<SettingRow> table = new TableView<>();
  private final Label explained = new Label();
  private String lastChosen = "";

  SettingsPane(EnvironmentModel model, EnvironmentActions actions, Consumer<String> undo) {
    this.model = model;
    this.actions = actions;
    this.undo = undo;
    this.filtered = new FilteredList<>(model.rows());
    getStyleClass().addAll("page-stack", "env-pane");
    fillTable();
    explained.setId("env-explained");
    explained.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    explained.setWrapText(true);
    explained.setMinHeight(Region.USE_PREF_SIZE);
    VBox.setVgrow(table, Priority.ALWAYS);
    getChildren().addAll(tools(), table, explained);
    model.rows().addListener((ListChangeListener<SettingRow>) change -> choose(lastChosen));
    table.getSelectionModel().selectedItemProperty().subscribe(this::explain);
  }

  /** Returns the chosen setting. */
  ObservableValue<? extends @Nullable SettingRow> chosen() {
    return table.getSelectionModel().selectedItemProperty();
  }

  void choose(String name) {
    for (SettingRow row : table.getItems()) {
      if (row.name().equals(name)) {
        table.getSelectionModel().select(row);
      }
    }
  }

  void find() {
    search.requestFocus();
    search.selectAll();
  }

  private Node tools() {
    search.setId("env-search");
    search.setPromptText(EnvironmentText.of("search.prompt"));
    search.setAccessibleText(EnvironmentText.of("search.prompt"));
    search.setPrefColumnCount(18);
    search.textProperty().subscribe(words -> filtered.setPredicate(row -> row.matches(words)));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label noted = new Label();
    noted.setId("env-noted");
    noted.setMinWidth(USE_PREF_SIZE);
    model
        .pending()
        .subscribe(count -> {
          noted.setText(EnvironmentText.changes(count.intValue()));
          noted.getStyleClass().removeAll(Look.MUTED, Look.WARN);
          noted.getStyleClass().add(count.intValue() == 0 ? Look.MUTED : Look.WARN);
        });
    HBox row =
        new HBox(
            search,
            ActionNodes.button(actions.edit()),
            ActionNodes.button(actions.add()),
            ActionNodes.iconButton(actions.remove()),
            ActionNodes.iconButton(actions.undo()),
            space,
            noted,
            ActionNodes.button(actions.discard()));
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private void fillTable() {
    table.setId("env-table");
    table.setAccessibleText(EnvironmentText.of("table.name"));
    SortedList<SettingRow> sorted = new SortedList<>(filtered);
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.node(
                    "env-name",
                    EnvironmentText.of("column.name"),
                    250,
                    Comparator.comparing(SettingRow::name),
                    SettingsPane::name),
                Columns.node(
                    "env-value",
                    EnvironmentText.of("column.value"),
                    330,
                    Comparator.comparing(EnvironmentText::value),
                    SettingsPane::value),
                Columns.node(
                    "env-line",
                    EnvironmentText.of("column.line"),
                    60,
                    Comparator.comparingInt(SettingsPane::order),
                    SettingsPane::line),
                Columns.node(
                    "env-note",
                    EnvironmentText.of("column.note"),
                    330,
                    Comparator.comparing(SettingsPane::marks),
                    this::notes)));
    table.getColumns().get(LINE).setMaxWidth(LINE_WIDTH);
    table.setPlaceholder(placeholder());
    table.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    ContextMenu menu = new ContextMenu();
    menu.getItems()
        .addAll(
            ActionNodes.menuItem(actions.edit()),
            ActionNodes.menuItem(actions.remove()),
            ActionNodes.menuItem(actions.undo()));
    table.setContextMenu(menu);
    table.setRowFactory(shown -> {
      TableRow<SettingRow> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getButton() == MouseButton.PRIMARY
            && event.getClickCount() == 2
            && !row.isEmpty()) {
          actions.edit().run();
        }
      });
      return row;
    });
  }

  private Node placeholder() {
    Button clear = new Button(EnvironmentText.of("search.clear"));
    clear.setId("env-search-clear");
    clear.setOnAction(event -> search.clear());
    EmptyState nothing =
        new EmptyState(
            Icon.FILTER,
            EnvironmentText.of("search.nothing"),
            EnvironmentText.of("search.nothing.text"),
            clear);
    Label empty = new Label(EnvironmentText.of("file.empty"));
    empty.getStyleClass().add(Look.MUTED);
    nothing.visibleProperty().bind(search.textProperty().isNotEmpty());
    empty.visibleProperty().bind(search.textProperty().isEmpty());
    return new javafx.scene.layout.StackPane(empty, nothing);
  }

  private void pressed(KeyEvent event) {
    boolean mine = true;
    if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.F2) {
      actions.edit().run();
    } else if (event.getCode() == KeyCode.DELETE) {
      actions.remove().run();
    } else if (UNDO.match(event)) {
      actions.undo().run();
    } else {
      mine = false;
    }
    if (mine) {
      event.consume();
    }
  }

  private static Node name(SettingRow row) {
    return label(EnvironmentText.name(row.name()));
  }

  private static Node value(SettingRow row) {
    Label label = label(EnvironmentText.value(row));
    if (row.state() != SettingRow.State.SAVED) {
      label.getStyleClass().add("env-noted");
    } else if (row.was().isEmpty()) {
      label.getStyleClass().add(Look.MUTED);
    }
    return label;
  }

  private static Label label(String words) {
    Label label = new Label(words);
    label.getStyleClass().add(Look.CODE);
    // A tooltip is a window of its own; only what may be cut off gets one.
    if (words.length() > SHORT) {
      label.setTooltip(new Tooltip(words));
    }
    return label;
  }

  private static int order(SettingRow row) {
    return row.line() == 0 ? Integer.MAX_VALUE : row.line();
  }

  private static Node line(SettingRow row) {
    Label label =
        new Label(row.line() == 0 ? EnvironmentText.of("line.new") : Integer.toString(row.line()));
    label.getStyleClass().addAll(Look.FIGURE, Look.MUTED);
    return label;
  }

  private static String marks(SettingRow row) {
    return EnvironmentText.state(row.state())
        + " "
        + row.problems().stream()
            .map(problem -> EnvironmentText.mark(problem.kind()))
            .collect(Collectors.joining(" "));
  }

  private Node notes(SettingRow row) {
    HBox pills = new HBox();
    pills.getStyleClass().add("pills");
    pills.setAlignment(Pos.CENTER_LEFT);
    pills.setAccessibleText(marks(row));
    if (row.state() != SettingRow.State.SAVED) {
      pills
          .getChildren()
          .addAll(
              new TonePill(TonePill.Tone.INFO, EnvironmentText.state(row.state())),
              undoButton(row));
    }
    for (EnvProblem problem : row.problems()) {
      TonePill pill = new TonePill(tone(problem.kind()), EnvironmentText.mark(problem.kind()));
      pill.setTooltip(new Tooltip(problem.text()));
      pills.getChildren().add(pill);
    }
    return pills;
  }

  private Node undoButton(SettingRow row) {
    Button button = new Button(null, Icon.UNDO.node());
    button.setId("env-undo-" + row.name());
    button
        .getStyleClass()
        .addAll(Styles.BUTTON_ICON, Styles.FLAT, Look.ICON_BUTTON, "env-row-button");
    button.setAccessibleText(EnvironmentText.of("undo.name", EnvironmentText.name(row.name())));
    button.setTooltip(new Tooltip(button.getAccessibleText()));
    button.setOnAction(event -> undo.accept(row.name()));
    return button;
  }

  private static TonePill.Tone tone(EnvProblem.Kind kind) {
    return switch (kind) {
      case BROKEN, MODE, KNOWN_VALUE -> TonePill.Tone.BAD;
      case DUPLICATE, READ_DIFFERENTLY, CRLF, OWNER, UNDEFINED -> TonePill.Tone.WARN;
      case INTERPOLATED -> TonePill.Tone.UNKNOWN;
      case INERT -> TonePill.Tone.OFF;
    };
  }

  private void explain(@Nullable SettingRow row) {
    if (row == null) {
      explained.setText(EnvironmentText.of("choose"));
    } else {
      lastChosen = row.name();
      explained.setText(EnvironmentText.explain(row));
    }
  }
}
