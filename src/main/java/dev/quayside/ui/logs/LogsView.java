package dev.quayside.ui.logs;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Quantities;
import dev.quayside.stack.logs.BoundedLog;
import dev.quayside.stack.logs.LogLine;
import dev.quayside.stack.logs.LogSource;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.PageHeader;
import dev.quayside.ui.fx.FxThread;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Lays out the Logs page. */
final class LogsView extends VBox {

  private static final KeyCombination COPY = KeyCombination.valueOf("Shortcut+C");

  private final LogsModel model;
  private final LogsActions actions;
  private final ListView<LogLine> list = new ListView<>();
  private final TextField search = new TextField();
  private final Label subtitle;
  private final VBox unreadable = new VBox();
  private final Consumer<LogSource> explain;
  private boolean scrolling;

  LogsView(LogsModel model, LogsActions actions, Consumer<LogSource> explain) {
    this.model = model;
    this.actions = actions;
    this.explain = explain;
    getStyleClass().addAll(Look.PAGE, "logs");
    PageHeader header =
        new PageHeader(
            LogsText.of("title"),
            " ",
            ActionNodes.button(actions.save()),
            ActionNodes.iconButton(actions.clear()));
    subtitle = (Label) header.lookup("." + Look.PAGE_SUBTITLE);
    StackPane lines = new StackPane(lines(), emptiness());
    VBox.setVgrow(lines, Priority.ALWAYS);
    unreadable.getStyleClass().add("log-unreadable");
    getChildren().addAll(header, tools(), mistake(), unreadable, lines, foot());
    model.unreadable().addListener((ListChangeListener<LogSource>) change -> showUnreadable());
    showUnreadable();
  }

  /** Returns the list, for finding and choosing lines. */
  ListView<LogLine> list() {
    return list;
  }

  void subtitle(String words) {
    subtitle.setText(words);
  }

  void find() {
    search.requestFocus();
    search.selectAll();
  }

  /** Scrolls to the newest line. */
  void showNewest() {
    if (!model.lines().isEmpty()) {
      list.scrollTo(model.lines().size() - 1);
    }
  }

  private Node tools() {
    search.setId("logs-search");
    search.setPromptText(LogsText.of("search.prompt"));
    search.setAccessibleText(LogsText.of("search.name"));
    search.setPrefColumnCount(18);
    search.textProperty().bindBidirectional(model.expression());
    HBox.setHgrow(search, Priority.SOMETIMES);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox row =
        new HBox(
            new ServiceMenu(model),
            search,
            LogsActions.toggle("errors", Icon.PROBLEM, model.errorsOnly()),
            LogsActions.toggle("wrap", Icon.WRAP, model.wrap()),
            LogsActions.toggle("times", Icon.CLOCK, model.times()),
            space,
            ActionNodes.iconButton(actions.previousError()),
            ActionNodes.iconButton(actions.nextError()),
            actions.followButton());
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private Node mistake() {
    Label wrong = new Label();
    wrong.setId("logs-mistake");
    wrong.getStyleClass().addAll(Look.BAD, Look.SMALL);
    wrong.setWrapText(true);
    wrong.textProperty().bind(model.mistake());
    wrong.visibleProperty().bind(model.mistake().isNotEmpty());
    wrong.managedProperty().bind(wrong.visibleProperty());
    model
        .mistake()
        .subscribe(words -> search.pseudoClassStateChanged(Styles.STATE_DANGER, !words.isEmpty()));
    return wrong;
  }

  private Node lines() {
    list.setId("logs-list");
    list.setAccessibleText(LogsText.of("list.name"));
    list.getStyleClass().addAll("log-list", Styles.DENSE);
    list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    list.setItems(model.lines());
    list.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    list.addEventFilter(
        ScrollEvent.SCROLL,
        event -> {
          if (event.getDeltaY() > 0) {
            model.following().set(false);
          }
        });
    list.addEventFilter(MouseEvent.MOUSE_PRESSED, this::grabbed);
    model.lines().addListener((ListChangeListener<LogLine>) change -> followChange());
    model.following().subscribe(follows -> followChange());
    // The same cells have to be drawn anew when what they show of a line changes.
    redrawn(model.wrap());
    redrawn(model.times());
    redrawn(model.generation());
    return list;
  }

  private void redrawn(ObservableValue<?> cause) {
    cause.subscribe(now -> list.setCellFactory(shown -> new LogCell(model, shown)));
  }

  private void followChange() {
    if (model.following().get() && !scrolling) {
      // Once the list has laid out what came, and once for all that came.
      scrolling = true;
      FxThread.later(() -> {
        scrolling = false;
        showNewest();
      });
    }
  }

  /** Lets go of the newest line as soon as the operator takes the scroll bar in hand. */
  private void grabbed(MouseEvent event) {
    for (Node at = event.getTarget() instanceof Node node ? node : null;
        at != null && !at.equals(list);
        at = at.getParent()) {
      if (at instanceof ScrollBar bar && bar.getOrientation() == Orientation.VERTICAL) {
        model.following().set(false);
      }
    }
  }

  private void pressed(KeyEvent event) {
    if (COPY.match(event)) {
      actions.copy().run();
      event.consume();
    } else if (event.getCode() == KeyCode.PAGE_UP
        || event.getCode() == KeyCode.UP
        || event.getCode() == KeyCode.HOME) {
      model.following().set(false);
    }
  }

  private Node emptiness() {
    EmptyState nothingYet =
        new EmptyState(Icon.LOGS, LogsText.of("empty.title"), LogsText.of("empty.text"));
    Button clear = new Button(LogsText.of("action.clear-filter"));
    clear.setId("logs-clear-filter");
    clear.setOnAction(event -> model.clearFilter());
    EmptyState nothingMatches =
        new EmptyState(
            Icon.FILTER, LogsText.of("nothing.title"), LogsText.of("nothing.text"), clear);
    Runnable show =
        () -> {
          boolean empty = model.lines().isEmpty();
          boolean hidden = empty && model.fill().get().kept() > 0 && model.filtered();
          nothingMatches.setVisible(hidden);
          nothingYet.setVisible(empty && !hidden);
        };
    model.lines().addListener((ListChangeListener<LogLine>) change -> show.run());
    model.fill().subscribe(fill -> show.run());
    return new StackPane(nothingYet, nothingMatches) {
      {
        setPickOnBounds(false);
      }
    };
  }

  private Node foot() {
    Label kept = new Label();
    kept.setId("logs-kept");
    kept.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    model.fill().subscribe(fill -> kept.setText(keptText(fill)));
    Hyperlink waiting = new Hyperlink();
    waiting.setId("logs-waiting");
    waiting.setOnAction(event -> model.following().set(true));
    model.waiting().subscribe(count -> waiting.setText(LogsText.of("waiting", count)));
    waiting.visibleProperty().bind(model.waiting().greaterThan(0));
    HBox foot = new HBox(kept, waiting);
    foot.getStyleClass().add(Look.TOOLS);
    foot.setAlignment(Pos.CENTER_LEFT);
    return foot;
  }

  private static String keptText(BoundedLog.Fill fill) {
    String kept = LogsText.of("kept", fill.kept());
    if (fill.evicted() == 0) {
      return kept;
    }
    return kept
        + "  ·  "
        + LogsText.of(
            "evicted",
            fill.evicted(),
            LogsModel.MOST_LINES,
            Quantities.bytes(LogsModel.MOST_BYTES));
  }

  private void showUnreadable() {
    List<LogSource> sources = List.copyOf(model.unreadable());
    unreadable.getChildren().setAll(sources.stream().map(this::unreadableRow).toList());
    unreadable.setVisible(!sources.isEmpty());
    unreadable.setManaged(!sources.isEmpty());
  }

  private Node unreadableRow(LogSource source) {
    String title = source.problem() == null ? "" : source.problem().title();
    Label words =
        new Label(
            LogsText.of("source.unreadable", LogsText.name(source.service()), title),
            Icon.WARNING.node(Look.WARN));
    Hyperlink details = new Hyperlink(LogsText.of("source.details"));
    details.setOnAction(event -> explain.accept(source));
    HBox row = new HBox(words, details);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }
}
