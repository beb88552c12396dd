package dev.quayside.ui.stack;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Problem;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPicture;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.Columns;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.PageHeader;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lays out the Stack page. */
final class StackView extends VBox {

  private static final double ROW = 34;
  private static final int LONGEST = 60;

  private final StackModel model;
  private final Action adopt;
  private final Consumer<String> openContainer;
  private final Runnable editEnv;
  private final Node stackButtons;
  private final Runnable copied;
  private final StackPane body = new StackPane();
  private final ScrollPane scroll = new ScrollPane();
  private @Nullable ServiceMap map;
  private List<ServiceStatus> newest = List.of();

  /**
   * Creates the view.
   *
   * @param adopt adopts another stack
   * @param forget takes the shown one off the list
   * @param openContainer opens a container by its id
   * @param editEnv leads to the page that edits env files
   * @param stackButtons offers the stacks there are
   * @param copied says that the command was copied
   */
  StackView(
      StackModel model,
      Action adopt,
      Action forget,
      Consumer<String> openContainer,
      Runnable editEnv,
      Node stackButtons,
      Runnable copied) {
    this.model = model;
    this.adopt = adopt;
    this.openContainer = openContainer;
    this.editEnv = editEnv;
    this.stackButtons = stackButtons;
    this.copied = copied;
    getStyleClass().add(Look.PAGE);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setFocusTraversable(false);
    scroll.getStyleClass().add("page-scroll");
    VBox.setVgrow(body, Priority.ALWAYS);
    Button adopting = ActionNodes.button(adopt);
    Button forgetting = ActionNodes.button(forget);
    adopting.setMinWidth(Region.USE_PREF_SIZE);
    forgetting.setMinWidth(Region.USE_PREF_SIZE);
    getChildren()
        .addAll(
            new PageHeader(
                StackText.of("title"), StackText.of("subtitle"), doing(), forgetting, adopting),
            body);
    model.state().subscribe(this::show);
  }

  /** Says what is being done that takes a while. */
  private Node doing() {
    ProgressIndicator busy = new ProgressIndicator();
    busy.setMaxSize(20, 20);
    Label words = new Label();
    words.setId("stack-doing");
    words.textProperty().bind(model.doing().map(text -> ForeignText.line(text, LONGEST)));
    HBox row = new HBox(8, busy, words);
    row.setAlignment(Pos.CENTER_RIGHT);
    row.visibleProperty().bind(model.doing().isNotEmpty());
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }

  /** Shows how the services are now. */
  void show(List<ServiceStatus> services) {
    newest = services;
    if (map != null) {
      map.show(services);
    }
  }

  private void show(StackModel.State state) {
    map = null;
    body.getChildren()
        .setAll(
            switch (state) {
              case StackModel.State.NoStack() -> nothing();
              case StackModel.State.Loading(String stack) -> loading(stack);
              case StackModel.State.Failed(String stack, Problem problem) -> failed(problem);
              case StackModel.State.Ready ready -> ready(ready);
            });
  }

  private Node nothing() {
    Button other = ActionNodes.button(adopt);
    other.setId("stack-adopt-here");
    VBox choices = new VBox(stackButtons, other);
    choices.setAlignment(Pos.CENTER);
    choices.getStyleClass().add("page-stack");
    return new EmptyState(
        Icon.STACK, StackText.of("no-stack.title"), StackText.of("no-stack.text"), choices);
  }

  private static Node loading(String stack) {
    ProgressIndicator busy = new ProgressIndicator();
    busy.setAccessibleText(StackText.of("loading", stack));
    busy.setMaxSize(40, 40);
    VBox box = new VBox(busy, new Label(StackText.of("loading", stack)));
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("page-stack");
    return box;
  }

  private Node failed(Problem problem) {
    Button again = new Button(StackText.of("again"), Icon.REFRESH.node());
    again.setOnAction(event -> model.reload());
    Label title = new Label(problem.title());
    title.getStyleClass().addAll(Look.SECTION_TITLE, Look.BAD);
    VBox box = new VBox(title, new ProblemView(problem), again);
    box.getStyleClass().add("page-stack");
    return box;
  }

  private Node ready(StackModel.State.Ready ready) {
    StackPicture picture = ready.shown().picture();
    double before = scroll.getVvalue();
    VBox column = new VBox();
    column.setId("stack-page");
    column.getStyleClass().add("stack-column");
    column.getChildren().addAll(StackCards.warnings(picture));
    column
        .getChildren()
        .add(pair(StackCards.facts(ready.shown()), StackCards.call(picture, copied)));
    column.getChildren().add(mapCard(picture));
    column
        .getChildren()
        .add(pair(StackCards.profiles(picture), StackCards.envFiles(picture, editEnv)));
    column.getChildren().add(dataCard(ready.places()));
    scroll.setContent(column);
    scroll.setVvalue(before);
    return scroll;
  }

  private static GridPane pair(Node left, Node right) {
    GridPane row = new GridPane();
    row.getStyleClass().add("stack-pair");
    for (int i = 0; i < 2; i++) {
      ColumnConstraints half = new ColumnConstraints();
      half.setPercentWidth(50);
      half.setFillWidth(true);
      row.getColumnConstraints().add(half);
    }
    GridPane.setFillHeight(left, true);
    GridPane.setFillHeight(right, true);
    row.addRow(0, left, right);
    return row;
  }

  private Node mapCard(StackPicture picture) {
    if (picture.services().isEmpty()) {
      return StackCards.card(
          "stack-map", StackCards.heading("card.map"), new Label(StackText.noServices(picture)));
    }
    ServiceMap made = new ServiceMap(picture.services(), openContainer);
    made.show(newest);
    map = made;
    ScrollPane wide = new ScrollPane(made);
    wide.setFitToHeight(true);
    wide.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    wide.setFocusTraversable(false);
    wide.getStyleClass().add("page-scroll");
    wide.setMinHeight(Region.USE_PREF_SIZE);
    Label legend = new Label(StackText.of("map.legend"));
    legend.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    return StackCards.card("stack-map", StackCards.heading("card.map"), legend, wide);
  }

  private Node dataCard(List<Place> places) {
    if (places.isEmpty()) {
      Label none = new Label(StackText.of("data.none"));
      none.getStyleClass().add(Look.MUTED);
      return StackCards.card("stack-data", StackCards.heading("card.data"), none);
    }
    TableView<Place> table = new TableView<>();
    table.setId("stack-places");
    table.setAccessibleText(StackText.of("card.data"));
    table.getItems().setAll(places);
    table.setFixedCellSize(ROW);
    double height = ROW * (places.size() + 1) + 12;
    table.setMinHeight(height);
    table.setPrefHeight(height);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.text("place-name", StackText.of("column.place"), 250, Place::name),
                Columns.node(
                    "place-size",
                    StackText.of("column.size"),
                    130,
                    Comparator.comparingLong(this::bytes),
                    this::size),
                Columns.text(
                    "place-services", StackText.of("column.services"), 150, Place::services),
                Columns.node(
                    "place-sensitivity",
                    StackText.of("column.sensitivity"),
                    130,
                    Comparator.comparing(
                        Place::sensitivity, Comparator.nullsLast(Comparator.naturalOrder())),
                    StackView::sensitivity),
                Columns.text("place-holds", StackText.of("column.holds"), 360, Place::holds)));
    return StackCards.card("stack-data", StackCards.heading("card.data"), table);
  }

  private static Node sensitivity(Place place) {
    if (place.sensitivity() == null) {
      return new TonePill(TonePill.Tone.UNKNOWN, StackText.of("sensitivity.unknown"));
    }
    TonePill.Tone tone =
        switch (place.sensitivity()) {
          case SECRET -> TonePill.Tone.BAD;
          case PRIVATE -> TonePill.Tone.WARN;
          case INTERNAL -> TonePill.Tone.INFO;
          case PUBLIC -> TonePill.Tone.OFF;
        };
    return new TonePill(tone, StackText.sensitivity(place.sensitivity()));
  }

  private long bytes(Place place) {
    StackModel.Measured measured = sizeOf(place);
    return switch (measured == null ? null : measured.size()) {
      case null -> -1;
      case PlaceSize.Known known -> known.bytes();
      case PlaceSize.AtLeast some -> some.bytes();
      case PlaceSize.Closed _, PlaceSize.Unknown _, PlaceSize.Missing _, PlaceSize.NotMeasured _ ->
          -1;
    };
  }

  /** Follows the size and its age by itself: a table that is refreshed makes all cells anew. */
  private Node size(Place place) {
    ObservableValue<SizeWords> words =
        Bindings.createObjectBinding(new Telling(place), model.sizes(), model.now());
    Label label = new Label();
    Tooltip hint = new Tooltip();
    label.setTooltip(hint);
    label.textProperty().bind(words.map(SizeWords::text));
    hint.textProperty().bind(words.map(SizeWords::hint));
    label.accessibleTextProperty().bind(words.map(now -> now.text() + ". " + now.hint()));
    words.subscribe(now -> {
      label.getStyleClass().remove(Look.MUTED);
      if (!now.sure()) {
        label.getStyleClass().add(Look.MUTED);
      }
    });
    return label;
  }

  /** Finds the words of one place anew only where its own size or the minute has changed. */
  private final class Telling implements Callable<SizeWords> {

    private final Place place;
    private StackModel.@Nullable Measured told;
    private @Nullable Instant at;
    private @Nullable SizeWords words;

    private Telling(Place place) {
      this.place = place;
    }

    @Override
    public SizeWords call() {
      StackModel.Measured measured = sizeOf(place);
      Instant now = model.now().get();
      SizeWords known = words;
      if (known != null && Objects.equals(told, measured) && now.equals(at)) {
        return known;
      }
      SizeWords anew = SizeWords.of(place, measured, now);
      told = measured;
      at = now;
      words = anew;
      return anew;
    }
  }

  private StackModel.@Nullable Measured sizeOf(Place place) {
    return place.path() == null ? null : model.sizes().get(place.path());
  }
}
