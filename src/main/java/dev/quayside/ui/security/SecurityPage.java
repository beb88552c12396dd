package dev.quayside.ui.security;

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

/** Is the Security page: not set up, and it says what will be here. */
public final class SecurityPage implements Page {

  private final VBox view;

  /** Builds the page. */
  public SecurityPage() {
    Messages messages = Messages.of("empty-pages");
    EmptyState empty =
        new EmptyState(
            Icon.SECURITY, messages.get("security.title"), messages.get("security.text"));
    VBox.setVgrow(empty, Priority.ALWAYS);
    view =
        new VBox(
            new PageHeader(messages.get("security.name"), messages.get("security.subtitle")),
            empty);
    view.getStyleClass().add(Look.PAGE);
  }

  /** Describes the page for the rail. */
  public static PageSpec spec() {
    return new PageSpec(
        "security",
        Messages.of("empty-pages").get("security.name"),
        Icon.SECURITY,
        workbench -> new SecurityPage());
  }

  @Override
  public Node view() {
    return view;
  }
}
