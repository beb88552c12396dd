package dev.quayside.ui.services;

import dev.quayside.common.Messages;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.table.Figure;
import dev.quayside.ui.table.ServiceRow;
import dev.quayside.ui.table.ServiceTable;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView.TableViewSelectionModel;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.MasterDetailPane;
import org.jspecify.annotations.Nullable;

/**
 * Lists the services with a filter, shows the selected one in full, and changes the selected ones.
 */
public final class ServicesPage implements Page {

  private static final Duration BETWEEN_INSPECTIONS = Duration.ofSeconds(30);

  private final Messages messages = Messages.of("services");
  private final Workbench workbench;
  private final ServicesModel model;
  private final ServiceTable table;
  private final DetailPanel detail;
  private final ServicesTools tools;
  private final Subscription actions;
  private final VBox view = new VBox();
  private final ChangeListener<StatusSnapshot> follow = (source, before, now) -> show(now);
  private final ChangeListener<String> stackChosen = (source, before, now) -> showNewest();
  private boolean showing;
  private Instant inspectAgain = Instant.MIN;
  private @Nullable Container inspected;
  private @Nullable String wanted;

  private ServicesPage(Workbench workbench, ServicesBackend backend) {
    this.workbench = workbench;
    this.model =
        new ServicesModel(backend, workbench.dialogs(), workbench.jobs(), workbench.background());
    this.table =
        new ServiceTable(
            workbench,
            "services-table",
            messages.get("table.name"),
            List.of(Figure.CPU, Figure.MEMORY, Figure.UPTIME));
    this.detail = new DetailPanel(workbench, model);
    selection().setSelectionMode(SelectionMode.MULTIPLE);
    ServicesActions all =
        ServicesActions.of(
            model,
            () -> List.copyOf(selection().getSelectedItems()),
            Bindings.isNotEmpty(selection().getSelectedItems()),
            workbench.stacks().chosen(),
            () -> selection().selectAll());
    List<Action> offered = new ArrayList<>(List.of(all.all()));
    offered.addAll(table.sorting(messages.get("title")));
    this.actions = workbench.actions().register(offered.toArray(Action[]::new));
    this.tools = new ServicesTools(model, all, () -> workbench.stacks().chosen().get());
    assemble(all);
    model.filter().addListener((source, before, now) -> showNewest());
    selection()
        .getSelectedItems()
        .addListener((ListChangeListener<ServiceRow>) change -> selectionChanged());
  }

  /** Describes the page for the rail. */
  public static PageSpec spec(ServicesBackend backend) {
    return new PageSpec(
        "services",
        Messages.of("services").get("title"),
        Icon.SERVICES,
        workbench -> new ServicesPage(workbench, backend));
  }

  private void assemble(ServicesActions all) {
    view.getStyleClass().add(Look.PAGE);
    MasterDetailPane split = new MasterDetailPane(Side.RIGHT, table.view(), detail, true);
    split.setId("services-split");
    split.setDividerPosition(0.66);
    split.setAnimated(false);
    split.setFocusTraversable(false);
    VBox.setVgrow(split, Priority.ALWAYS);
    ContextMenu menu = new ContextMenu();
    menu.getItems()
        .addAll(
            ActionNodes.menuItem(all.start()),
            ActionNodes.menuItem(all.stop()),
            ActionNodes.menuItem(all.restart()),
            ActionNodes.menuItem(all.recreate()));
    table.view().setContextMenu(menu);
    Button clear = new Button(messages.get("filter.clear"));
    clear.setId("filter-clear");
    clear.setOnAction(event -> tools.clearFilter());
    table.placeholder(
        new EmptyState(
            Icon.FILTER,
            messages.get("filter.nothing"),
            messages.get("filter.nothing.text"),
            clear));
    view.getChildren().addAll(tools, split);
  }

  private TableViewSelectionModel<ServiceRow> selection() {
    return table.view().getSelectionModel();
  }

  @Override
  public Node view() {
    return view;
  }

  @Override
  public void shown() {
    workbench.status().addListener(follow);
    workbench.stacks().chosen().addListener(stackChosen);
    showNewest();
    // At the first visit the split pane has not taken the table in yet, and it could not get the
    // focus.
    view.applyCss();
    table.view().requestFocus();
  }

  @Override
  public void hidden() {
    workbench.status().removeListener(follow);
    workbench.stacks().chosen().removeListener(stackChosen);
  }

  @Override
  public void open(String subject) {
    wanted = subject;
    tools.clearFilter();
    ServiceRow row = table.rows().find(new ContainerId(subject));
    String stack = workbench.stacks().chosen().get();
    if (row != null && !stack.equals(StackChoice.ALL) && !stack.equals(row.stack())) {
      workbench.stacks().choose(row.stack());
    }
    showNewest();
  }

  @Override
  public void refresh() {
    inspected = null;
    showNewest();
    showDetail();
  }

  @Override
  public void find() {
    tools.find();
  }

  @Override
  public void close() {
    actions.close();
  }

  private void showNewest() {
    show(workbench.status().get());
  }

  private void show(StatusSnapshot snapshot) {
    String stack = workbench.stacks().chosen().get();
    ServiceFilter filter = model.filter().get();
    if (!filter.stack().equals(stack)) {
      model
          .filter()
          .set(new ServiceFilter(stack, filter.text(), filter.state(), filter.exposure()));
      return;
    }
    List<ServiceRow> before = List.copyOf(selection().getSelectedItems());
    // What the table selects for a moment, while rows come and go, is nothing to read details of.
    showing = true;
    table.show(snapshot, filter);
    selectWanted();
    showing = false;
    if (before.equals(selection().getSelectedItems())) {
      tools.count(before.size(), table.rows().rows().size());
      detail.tick();
      inspectIfDue(snapshot);
    } else {
      showDetail();
    }
  }

  private void selectionChanged() {
    if (!showing) {
      showDetail();
    }
  }

  private void selectWanted() {
    if (wanted == null) {
      return;
    }
    ServiceRow row = table.rows().find(new ContainerId(wanted));
    wanted = null;
    if (row != null && table.rows().rows().contains(row)) {
      selection().clearSelection();
      selection().select(row);
      table.view().scrollTo(row);
    }
  }

  private void showDetail() {
    List<ServiceRow> selected = selection().getSelectedItems();
    tools.count(selected.size(), table.rows().rows().size());
    if (selected.size() != 1) {
      inspected = null;
      detail.showNone(selected.size());
      return;
    }
    ServiceRow row = selected.getFirst();
    inspected = row.status().container();
    inspectAgain = workbench.status().get().at().plus(BETWEEN_INSPECTIONS);
    detail.show(row);
  }

  /**
   * Reads the details again when the engine reported something new of the container, and after a
   * while, because it does not report everything: the results of health checks, for example.
   */
  private void inspectIfDue(StatusSnapshot snapshot) {
    if (inspected == null || selection().getSelectedItems().size() != 1) {
      return;
    }
    ServiceRow row = selection().getSelectedItems().getFirst();
    boolean changed = !row.status().container().equals(inspected);
    boolean due =
        snapshot.connection() instanceof Connection.Connected
            && !snapshot.at().isBefore(inspectAgain);
    if (changed || due) {
      inspected = row.status().container();
      inspectAgain = snapshot.at().plus(BETWEEN_INSPECTIONS);
      model.inspect(row.id());
    }
  }
}
