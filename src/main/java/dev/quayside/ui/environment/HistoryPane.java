package dev.quayside.ui.environment;

import dev.quayside.common.Problem;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.Columns;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lists the older versions of the chosen file and how the chosen one differs from it. */
final class HistoryPane extends StackPane {

  private final HistoryModel model;
  private final InstantSource clock;
  private final TableView<EnvVersion> table = new TableView<>();
  private final VBox differences = new VBox();
  private final Label heading = new Label();
  private final Label unread = new Label("", Icon.WARNING.node(Look.WARN));
  private final StackPane body = new StackPane();
  private final VBox listed;
  private String lastChosen = "";

  HistoryPane(HistoryModel model, InstantSource clock, EnvironmentActions actions) {
    this.model = model;
    this.clock = clock;
    getStyleClass().add("env-pane");
    fillTable();
    heading.getStyleClass().add(Look.SECTION_TITLE);
    differences.setId("env-history-diff");
    ScrollPane scroll = new ScrollPane(differences);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("env-diff-scroll");
    scroll.setAccessibleText(EnvironmentText.of("history.diff"));
    scroll.setMinHeight(90);
    scroll.setPrefHeight(150);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox tools = new HBox(heading, space, ActionNodes.button(actions.restore()));
    tools.getStyleClass().add(Look.TOOLS);
    tools.setAlignment(Pos.CENTER_LEFT);
    unread.setId("env-history-unread");
    unread.setWrapText(true);
    unread.setMinHeight(Region.USE_PREF_SIZE);
    unread.getStyleClass().add(Look.WARN);
    unread.visibleProperty().bind(unread.textProperty().isNotEmpty());
    unread.managedProperty().bind(unread.visibleProperty());
    VBox.setVgrow(body, Priority.ALWAYS);
    VBox both = new VBox(unread, body);
    both.getStyleClass().add("page-stack");
    getChildren().setAll(both);
    listed = new VBox(table, tools, scroll);
    listed.getStyleClass().add("page-stack");
    VBox.setVgrow(table, Priority.ALWAYS);
    model.versions().addListener((ListChangeListener<EnvVersion>) change -> changed());
    model.problem().subscribe(problem -> show());
    model.unread().subscribe(folders -> show());
    model.compared().subscribe(this::compare);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((source, before, now) -> {
          if (now != null) {
            lastChosen = now.id();
          }
          model.compare(now);
        });
  }

  /** Returns the chosen version. */
  ObservableValue<? extends @Nullable EnvVersion> chosen() {
    return table.getSelectionModel().selectedItemProperty();
  }

  /** Returns what is listed. */
  ObservableList<EnvVersion> versions() {
    return model.versions();
  }

  private void fillTable() {
    table.setId("env-history-table");
    table.setAccessibleText(EnvironmentText.of("history.name"));
    table.setItems(model.versions());
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.node(
                    "env-history-until",
                    EnvironmentText.of("history.until"),
                    130,
                    Comparator.comparing(EnvVersion::at),
                    this::age),
                Columns.text(
                    "env-history-why",
                    EnvironmentText.of("history.why"),
                    360,
                    EnvironmentText::why),
                Columns.node(
                    "env-history-names",
                    EnvironmentText.of("history.names"),
                    430,
                    Comparator.comparing(EnvironmentText::concerns),
                    HistoryPane::concerns)));
  }

  private Node age(EnvVersion version) {
    Label label = new Label(EnvironmentText.ago(version.at(), clock.instant()));
    label.setTooltip(new Tooltip(RelativeAge.exact(version.at())));
    return label;
  }

  private static Node concerns(EnvVersion version) {
    String words = EnvironmentText.concerns(version);
    Label label = new Label(words);
    if (!version.mode().isEmpty()) {
      label.setGraphic(Icon.WARNING.node(Look.WARN));
      label.getStyleClass().add(Look.WARN);
    }
    label.setTooltip(new Tooltip(words));
    return label;
  }

  private void changed() {
    for (EnvVersion version : model.versions()) {
      if (version.id().equals(lastChosen)) {
        table.getSelectionModel().select(version);
      }
    }
    show();
  }

  private void compare(HistoryModel.Compared compared) {
    switch (compared) {
      case HistoryModel.Compared.Nothing() ->
          say(
              EnvironmentText.of("history.diff"),
              Sheet.mutedText(EnvironmentText.of("history.choose")));
      case HistoryModel.Compared.Reading() ->
          say(
              EnvironmentText.of("history.diff"),
              Sheet.mutedText(EnvironmentText.of("history.reading")));
      case HistoryModel.Compared.Differences(List<EnvDifference> all) ->
          say(
              EnvironmentText.of("history.diff"),
              all.isEmpty()
                  ? new Node[] {Sheet.mutedText(EnvironmentText.of("history.same"))}
                  : ChangeSheet.diff(all).toArray(Node[]::new));
      case HistoryModel.Compared.Failed(Problem problem) ->
          say(problem.title(), new ProblemView(problem));
    }
  }

  private void say(String title, Node... lines) {
    heading.setText(title);
    differences.getChildren().setAll(lines);
  }

  private void show() {
    Problem problem = model.problem().get();
    Node now =
        problem != null
            ? new ProblemView(problem)
            : model.versions().isEmpty()
                ? new EmptyState(
                    Icon.CLOCK,
                    EnvironmentText.of("history.none"),
                    EnvironmentText.of("history.none.text"))
                : listed;
    unread.setText(EnvironmentText.unread(model.unread().get()));
    if (!body.getChildren().equals(List.of(now))) {
      body.getChildren().setAll(now);
    }
  }
}
