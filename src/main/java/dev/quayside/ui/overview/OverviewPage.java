package dev.quayside.ui.overview;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Connection;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.table.Figure;
import dev.quayside.ui.table.ServiceRow;
import dev.quayside.ui.table.ServiceTable;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.List;
import java.util.function.Function;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Shows four cards of proof above everything that runs; without an engine, why and what mends it.
 */
public final class OverviewPage implements Page {

  private final Messages messages = Messages.of("overview");
  private final Workbench workbench;
  private final ProofCards cards;
  private final Page notes;
  private final ServiceTable table;
  private final StackPane body = new StackPane();
  private final VBox view = new VBox();
  private final Subscription actions;
  private final ChangeListener<StatusSnapshot> follow = (source, before, now) -> show(now);
  private final ChangeListener<String> stackChosen = (source, before, now) -> showNewest();
  private @Nullable Problem explained;

  private OverviewPage(
      Workbench workbench, OverviewBackend backend, Function<Workbench, Page> waiting) {
    this.workbench = workbench;
    this.cards = new ProofCards(workbench, backend);
    this.notes = waiting.apply(workbench);
    this.table =
        new ServiceTable(
            workbench, "overview-table", messages.get("table.name"), List.of(Figure.values()));
    view.getStyleClass().add(Look.PAGE);
    VBox.setVgrow(body, Priority.ALWAYS);
    body.getChildren().setAll(table.view());
    view.getChildren().addAll(cards, notes.view(), body);
    table.view().addEventHandler(KeyEvent.KEY_PRESSED, this::openByKey);
    // Of the row and not of the table, whose heads are clicked to sort.
    table.view().setRowFactory(shown -> row());
    this.actions =
        workbench.actions().register(table.sorting(messages.get("title")).toArray(Action[]::new));
  }

  /**
   * Describes the page for the rail.
   *
   * @param waiting makes what is shown above the table of what waits for the operator; it is told
   *     of everything that the page is told of
   */
  public static PageSpec spec(OverviewBackend backend, Function<Workbench, Page> waiting) {
    return new PageSpec(
        "overview",
        Messages.of("overview").get("title"),
        Icon.OVERVIEW,
        workbench -> new OverviewPage(workbench, backend, waiting));
  }

  @Override
  public Node view() {
    return view;
  }

  @Override
  public void shown() {
    workbench.status().addListener(follow);
    workbench.stacks().chosen().addListener(stackChosen);
    notes.shown();
    showNewest();
    table.view().requestFocus();
  }

  @Override
  public void hidden() {
    notes.hidden();
    workbench.status().removeListener(follow);
    workbench.stacks().chosen().removeListener(stackChosen);
  }

  @Override
  public void close() {
    notes.close();
    actions.close();
  }

  @Override
  public void refresh() {
    cards.refresh();
    notes.refresh();
    showNewest();
  }

  private void showNewest() {
    show(workbench.status().get());
  }

  private void show(StatusSnapshot snapshot) {
    String stack = workbench.stacks().chosen().get();
    cards.show(snapshot);
    table.show(snapshot, row -> stack.isEmpty() || row.stack().equals(stack));
    boolean nothing = table.rows().rows().isEmpty();
    switch (snapshot.connection()) {
      case Connection.Connecting connecting -> placeholder(table.waiting());
      case Connection.Connected connected ->
          placeholder(snapshot.complete() ? nothingRuns() : table.waiting());
      case Connection.Lost(Problem problem, var since, var next, var last) -> {
        if (nothing) {
          explain(problem);
          return;
        }
      }
    }
    explained = null;
    if (!body.getChildren().contains(table.view())) {
      body.getChildren().setAll(table.view());
    }
  }

  private void placeholder(Node node) {
    if (table.rows().rows().isEmpty()
        && (table.view().getPlaceholder() == null
            || !node.getClass().equals(table.view().getPlaceholder().getClass()))) {
      table.placeholder(node);
    }
  }

  private Node nothingRuns() {
    return new EmptyState(Icon.STACK, messages.get("empty.title"), messages.get("empty.text"));
  }

  /** Shows the problem in full instead of an empty table, once for each problem. */
  private void explain(Problem problem) {
    if (problem.equals(explained)) {
      return;
    }
    explained = problem;
    Label title = new Label(problem.title(), Icon.OFFLINE.node());
    title.getStyleClass().add(Look.SECTION_TITLE);
    title.setWrapText(true);
    VBox box =
        new VBox(
            title,
            new ProblemView(problem),
            ActionNodes.button(workbench.actions().get("window.retry")));
    box.setId("engine-problem");
    box.getStyleClass().addAll(Look.CARD, "engine-problem");
    body.getChildren().setAll(box);
  }

  private void openByKey(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      event.consume();
      open();
    }
  }

  private TableRow<ServiceRow> row() {
    TableRow<ServiceRow> row = new TableRow<>();
    row.setOnMouseClicked(event -> {
      if (event.getButton() == MouseButton.PRIMARY
          && event.getClickCount() == 2
          && !row.isEmpty()) {
        open();
      }
    });
    return row;
  }

  private void open() {
    ServiceRow row = table.view().getSelectionModel().getSelectedItem();
    if (row != null) {
      workbench.navigator().show("services", row.id().value());
    }
  }
}
