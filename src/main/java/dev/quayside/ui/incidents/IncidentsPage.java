package dev.quayside.ui.incidents;

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

/** Is the Incidents page: not set up, and it says what will be here. */
public final class IncidentsPage implements Page {

  private final VBox view;

  /** Builds the page. */
  public IncidentsPage() {
    Messages messages = Messages.of("empty-pages");
    EmptyState empty =
        new EmptyState(
            Icon.INCIDENTS, messages.get("incidents.title"), messages.get("incidents.text"));
    VBox.setVgrow(empty, Priority.ALWAYS);
    view =
        new VBox(
            new PageHeader(messages.get("incidents.name"), messages.get("incidents.subtitle")),
            empty);
    view.getStyleClass().add(Look.PAGE);
  }

  /** Describes the page for the rail. */
  public static PageSpec spec() {
    return new PageSpec(
        "incidents",
        Messages.of("empty-pages").get("incidents.name"),
        Icon.INCIDENTS,
        workbench -> new IncidentsPage());
  }

  @Override
  public Node view() {
    return view;
  }
}
