package dev.quayside.ui.services;

import atlantafx.base.theme.Styles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.ExposurePill;
import dev.quayside.ui.control.PortTexts;
import dev.quayside.ui.control.StatePill;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.table.ServiceRow;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows everything about the selected service, at the right of the table. */
final class DetailPanel extends ScrollPane {

  private static final int LONGEST = 80;

  private final Messages messages = Messages.of("services");
  private final Messages shared = Messages.of("shell");
  private final Workbench workbench;
  private final ServicesModel model;
  private final StatePill state = new StatePill();
  private final Label name = new Label();
  private final Label image = new Label();
  private final DetailFigures figures;
  private final VBox ports = new VBox();
  private final VBox sections = new VBox();
  private final DetailSections details = new DetailSections();
  private final VBox content;
  private @Nullable List<ExposedPort> shownPorts;
  private @Nullable Exposure shownExposure;
  private @Nullable ServiceRow row;

  DetailPanel(Workbench workbench, ServicesModel model) {
    this.workbench = workbench;
    this.model = model;
    this.figures = new DetailFigures(workbench);
    setId("service-detail");
    getStyleClass().add("detail");
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setFocusTraversable(false);
    setAccessibleText(messages.get("detail.name"));
    name.getStyleClass().add("detail-title");
    name.setWrapText(true);
    image.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    image.setWrapText(true);
    ports.getStyleClass().add("detail-ports");
    sections.getStyleClass().add("detail-sections");
    content = new VBox(head(), figures, ports, sections);
    content.getStyleClass().add("detail-content");
    model.inspection().addListener((source, before, now) -> showInspection(now));
    model.inspectionProblem().addListener((source, before, now) -> showProblem(now));
    showNone(0);
  }

  private Node head() {
    Button logs = new Button(messages.get("detail.logs"), Icon.LOGS.node());
    logs.setId("detail-logs");
    logs.getStyleClass().add(Styles.SMALL);
    logs.setMinWidth(Region.USE_PREF_SIZE);
    logs.setOnAction(event -> {
      if (row != null) {
        String stack = row.stack();
        workbench.navigator().show("logs", stack.isEmpty() ? row.name() : stack + "/" + row.name());
      }
    });
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox first = new HBox(state, spring, logs);
    first.setAlignment(Pos.CENTER_LEFT);
    VBox head = new VBox(first, name, image);
    head.getStyleClass().add("detail-head");
    return head;
  }

  /** Shows a hint instead of a service: none, or several, are selected. */
  void showNone(int selected) {
    row = null;
    model.inspectNothing();
    setContent(
        new EmptyState(
            Icon.SERVICES,
            messages.get("detail.empty.title", selected),
            messages.get(selected == 0 ? "detail.empty.text" : "detail.several.text")));
  }

  /** Shows {@code chosen} and reads its details. */
  void show(ServiceRow chosen) {
    boolean other = !chosen.equals(row);
    row = chosen;
    if (other) {
      sections.getChildren().setAll(new Label(messages.get("detail.reading")));
      shownPorts = null;
      setVvalue(0);
    }
    if (!getContent().equals(content)) {
      setContent(content);
    }
    tick();
    model.inspect(chosen.id());
  }

  /** Shows the newest figures of the service. */
  void tick() {
    ServiceRow now = row;
    if (now == null) {
      return;
    }
    state.show(now.state());
    set(name, ForeignText.line(now.name(), LONGEST));
    set(image, ForeignText.line(now.status().container().image(), 200));
    figures.show(now.status());
    details.retell(workbench.clock().instant());
    Exposure exposure = now.status().exposure();
    if (exposure != shownExposure || !now.status().ports().equals(shownPorts)) {
      shownPorts = now.status().ports();
      shownExposure = exposure;
      ports
          .getChildren()
          .setAll(
              exposure == Exposure.NONE && !shownPorts.isEmpty()
                  ? List.of(whenStarted(shownPorts))
                  : shownPorts.stream().map(this::portRow).toList());
    }
  }

  private Label whenStarted(List<ExposedPort> later) {
    Label label = new Label(PortTexts.whenStarted(shared, later));
    label.setWrapText(true);
    label.getStyleClass().add(Look.MUTED);
    return label;
  }

  private Node portRow(ExposedPort port) {
    ExposurePill pill = new ExposurePill();
    pill.show(port.exposure());
    Label address = new Label(PortTexts.address(port));
    address.setTooltip(new Tooltip(PortTexts.full(shared, List.of(port))));
    address.setMinWidth(0);
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox box = new HBox(pill, address, spring);
    box.setAlignment(Pos.CENTER_LEFT);
    box.getStyleClass().add("port-row");
    String url = PortTexts.url(port);
    if (url != null) {
      box.getChildren()
          .addAll(
              icon(Icon.OPEN, messages.get("port.open", url), () -> model.browse(url)),
              icon(Icon.COPY, messages.get("port.copy", url), () -> copy(url)));
    }
    return box;
  }

  private static Button icon(Icon icon, String words, Runnable run) {
    Button button = new Button(null, icon.node());
    button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Look.ICON_BUTTON);
    button.setAccessibleText(words);
    button.setTooltip(new Tooltip(words));
    button.setOnAction(event -> run.run());
    return button;
  }

  private void copy(String url) {
    Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, url));
    workbench.dialogs().notice(Notice.info(messages.get("port.copied")));
  }

  private void showInspection(@Nullable ContainerInspection found) {
    if (found != null && row != null && found.container().id().equals(row.id())) {
      sections.getChildren().setAll(details.of(found, workbench.clock().instant()));
    }
  }

  private void showProblem(@Nullable Problem problem) {
    if (problem != null) {
      Label title = new Label(problem.title());
      title.getStyleClass().add(Look.SECTION_TITLE);
      title.setWrapText(true);
      sections.getChildren().setAll(title, new ProblemView(problem));
    } else {
      // The same details read again are no change that would be told.
      showInspection(model.inspection().get());
    }
  }

  private static void set(Label label, String words) {
    if (!words.equals(label.getText())) {
      label.setText(words);
    }
  }
}
