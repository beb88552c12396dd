package dev.quayside.ui.alerts;

import dev.quayside.common.Messages;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.PageHeader;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Is the Alerts page: not set up, and it says what will be here. */
public final class AlertsPage implements Page {

  private final VBox view;

  /** Builds the page. */
  public AlertsPage() {
    Messages messages = Messages.of("empty-pages");
    EmptyState empty =
        new EmptyState(Icon.ALERTS, messages.get("alerts.title"), messages.get("alerts.text"));
    VBox.setVgrow(empty, Priority.ALWAYS);
    view =
        new VBox(
            new PageHeader(messages.get("alerts.name"), messages.get("alerts.subtitle")), empty);
    view.getStyleClass().add(Look.PAGE);
  }

  /** Describes the page for the rail. */
  public static PageSpec spec() {
    return new PageSpec(
        "alerts",
        Messages.of("empty-pages").get("alerts.name"),
        Icon.ALERTS,
        workbench -> new AlertsPage());
  }

  @Override
  public Node view() {
    return view;
  }
}
