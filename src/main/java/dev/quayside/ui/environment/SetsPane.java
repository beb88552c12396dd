package dev.quayside.ui.environment;

import dev.quayside.common.Problem;
import dev.quayside.stack.settings.EnvSets.EnvSet;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.Columns;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.Comparator;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lists the sets that the active file can be switched to. */
final class SetsPane extends StackPane {

  private final EnvironmentModel model;
  private final TableView<EnvSet> table = new TableView<>();
  private final Label nearest = new Label();
  private final VBox listed;

  SetsPane(EnvironmentModel model, EnvironmentActions actions) {
    this.model = model;
    getStyleClass().add("env-pane");
    fillTable();
    nearest.setId("env-sets-nearest");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox tools = new HBox(nearest, space, ActionNodes.button(actions.change()));
    tools.getStyleClass().add(Look.TOOLS);
    tools.setAlignment(Pos.CENTER_LEFT);
    listed = new VBox(tools, table);
    listed.getStyleClass().add("page-stack");
    VBox.setVgrow(table, Priority.ALWAYS);
    model.sets().addListener((ListChangeListener<EnvSet>) change -> show());
    model.shown().subscribe(shown -> show());
  }

  /** Returns the chosen set. */
  ObservableValue<? extends @Nullable EnvSet> chosen() {
    return table.getSelectionModel().selectedItemProperty();
  }

  private void fillTable() {
    table.setId("env-sets-table");
    table.setAccessibleText(EnvironmentText.of("sets.name"));
    table.setItems(model.sets());
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.text(
                    "env-set-name", EnvironmentText.of("sets.column.name"), 180, EnvSet::name),
                Columns.text(
                    "env-set-file",
                    EnvironmentText.of("sets.column.file"),
                    300,
                    set -> EnvironmentText.name(set.target().name())),
                Columns.node(
                    "env-set-state",
                    EnvironmentText.of("sets.column.state"),
                    300,
                    Comparator.comparingInt(EnvSet::differences),
                    SetsPane::state)));
  }

  private static Node state(EnvSet set) {
    return new TonePill(
        set.active() ? TonePill.Tone.GOOD : TonePill.Tone.INFO, EnvironmentText.set(set));
  }

  private void show() {
    Problem problem = model.shown().get().noSets();
    Node now;
    if (problem != null) {
      Label title = new Label(problem.title());
      title.getStyleClass().add(Look.SECTION_TITLE);
      now = new VBox(title, new ProblemView(problem));
    } else if (model.sets().isEmpty()) {
      now =
          new EmptyState(
              Icon.SERVICES, EnvironmentText.of("sets.none"), EnvironmentText.of("sets.none.text"));
    } else {
      EnvSet first = model.sets().getFirst();
      nearest.setText(
          first.active()
              ? EnvironmentText.of("sets.active", first.name())
              : EnvironmentText.of(
                  "sets.nearest", first.name(), EnvironmentText.differences(first.differences())));
      now = listed;
    }
    if (!getChildren().equals(List.of(now))) {
      getChildren().setAll(now);
    }
  }
}
