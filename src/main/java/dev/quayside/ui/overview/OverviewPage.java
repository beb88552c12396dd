package dev.quayside.ui.overview;

import dev.quayside.common.Messages;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.table.Figure;
import dev.quayside.ui.table.ServiceTable;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Shows four cards of proof above everything that runs. */
public final class OverviewPage implements Page {

  private final Messages messages = Messages.of("overview");
  private final Workbench workbench;
  private final ServiceTable table;
  private final VBox view = new VBox();
  private final ChangeListener<StatusSnapshot> follow = (source, before, now) -> show(now);

  private OverviewPage(Workbench workbench) {
    this.workbench = workbench;
    this.table =
        new ServiceTable(
            workbench, "overview-table", messages.get("table.name"), List.of(Figure.values()));
    view.getStyleClass().add(Look.PAGE);
    VBox.setVgrow(table.view(), Priority.ALWAYS);
    view.getChildren().add(table.view());
  }

  /** Describes the page for the rail. */
  public static PageSpec spec() {
    return new PageSpec(
        "overview", Messages.of("overview").get("title"), Icon.OVERVIEW, OverviewPage::new);
  }

  @Override
  public Node view() {
    return view;
  }

  @Override
  public void shown() {
    workbench.status().addListener(follow);
    show(workbench.status().get());
  }

  @Override
  public void hidden() {
    workbench.status().removeListener(follow);
  }

  private void show(StatusSnapshot snapshot) {
    String stack = workbench.stacks().chosen().get();
    table.show(snapshot, row -> stack.isEmpty() || row.stack().equals(stack));
  }
}
