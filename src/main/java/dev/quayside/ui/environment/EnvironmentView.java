package dev.quayside.ui.environment;

import dev.quayside.common.Problem;
import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.stack.settings.EnvView;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.PageHeader;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lays out the Environment page. */
final class EnvironmentView extends VBox {

  private static final int MOST_PROBLEMS = 3;

  private final EnvironmentModel model;
  private final EnvironmentActions actions;
  private final SettingsPane settings;
  private final HistoryPane history;
  private final SetsPane sets;
  private final Node stackButtons;
  private final Consumer<String> keepLast;
  private final TabPane tabs = new TabPane();
  private final StackPane body = new StackPane();
  private final StackPane content = new StackPane();
  private final Label about = new Label();
  private final HBox changed = new HBox();
  private final VBox problems = new VBox();
  private final VBox ready;

  /**
   * Creates it.
   *
   * @param keepLast notes that a setting keeps only its last line
   * @param services leads to where services are restarted
   */
  EnvironmentView(
      EnvironmentModel model,
      EnvironmentActions actions,
      SettingsPane settings,
      HistoryPane history,
      SetsPane sets,
      ReadOnlyStringProperty asking,
      Node stackButtons,
      Consumer<String> keepLast,
      Runnable services) {
    this.model = model;
    this.actions = actions;
    this.settings = settings;
    this.history = history;
    this.sets = sets;
    this.stackButtons = stackButtons;
    this.keepLast = keepLast;
    getStyleClass().add(Look.PAGE);
    fillTabs();
    fillChanged();
    problems.setId("env-problems");
    problems.getStyleClass().add("env-problems");
    ready = new VBox(fileRow(), changed, problems, content, steps(services));
    ready.getStyleClass().add("page-stack");
    VBox.setVgrow(content, Priority.ALWAYS);
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren()
        .addAll(
            new PageHeader(
                EnvironmentText.of("title"),
                EnvironmentText.of("subtitle"),
                ActionNodes.button(actions.save()),
                ActionNodes.button(actions.apply())),
            asking(asking),
            body);
    model.state().subscribe(this::showState);
    model.shown().subscribe(this::showFile);
    // The first setting that is noted, and an older version, make more of a missing file.
    model
        .rows()
        .addListener((ListChangeListener<SettingRow>) change -> showFile(model.shown().get()));
    history
        .versions()
        .addListener((ListChangeListener<EnvVersion>) change -> showFile(model.shown().get()));
  }

  void find() {
    tabs.getSelectionModel().select(0);
    settings.find();
  }

  private void fillTabs() {
    tabs.setId("env-tabs");
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.setAccessibleText(EnvironmentText.of("tabs.name"));
    tabs.getTabs()
        .setAll(
            new Tab(EnvironmentText.of("tab.settings"), settings),
            new Tab(EnvironmentText.of("tab.history")),
            new Tab(EnvironmentText.of("tab.sets")));
    // Tables are dressed when they come into the scene; those that nobody looks at need not be.
    tabs.getSelectionModel()
        .selectedIndexProperty()
        .subscribe(index -> {
          List<Node> contents = List.of(settings, history, sets);
          tabs.getTabs().get(index.intValue()).setContent(contents.get(index.intValue()));
        });
  }

  private Node fileRow() {
    Label of = new Label(EnvironmentText.of("file"));
    FileMenu menu = new FileMenu(model);
    of.setLabelFor(menu);
    about.setId("env-about");
    about.getStyleClass().add(Look.MUTED);
    about.setTooltip(new Tooltip());
    HBox.setHgrow(about, Priority.ALWAYS);
    HBox row = new HBox(of, menu, about);
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private void fillChanged() {
    changed.setId("env-changed");
    changed.getStyleClass().addAll(Look.TOOLS, "env-changed");
    changed.setAlignment(Pos.CENTER_LEFT);
    Label words = new Label(EnvironmentText.of("changed.by-others"), Icon.WARNING.node(Look.WARN));
    words.setWrapText(true);
    words.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button again = ActionNodes.button(actions.again());
    again.setMinWidth(USE_PREF_SIZE);
    changed.getChildren().addAll(words, again);
  }

  /** Says what the three steps touch, and where the third one is. */
  private static Node steps(Runnable services) {
    Label words = new Label(EnvironmentText.of("steps"));
    words.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    words.setTooltip(new Tooltip(words.getText()));
    Hyperlink link = new Hyperlink(EnvironmentText.of("steps.services"));
    link.setId("env-services");
    link.getStyleClass().add(Look.SMALL);
    link.setMinWidth(USE_PREF_SIZE);
    link.setOnAction(event -> services.run());
    HBox row = new HBox(words, link);
    row.getStyleClass().add("env-steps");
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private static Node asking(ReadOnlyStringProperty asking) {
    ProgressBar bar = new ProgressBar();
    bar.setFocusTraversable(false);
    Label words = new Label();
    words.textProperty().bind(asking);
    bar.accessibleTextProperty().bind(asking);
    HBox row = new HBox(bar, words);
    row.setId("env-asking");
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    row.visibleProperty().bind(asking.isNotEmpty());
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }

  private void showState(EnvironmentModel.State state) {
    Node now =
        switch (state) {
          case EnvironmentModel.State.NoStack() ->
              new EmptyState(
                  Icon.ENVIRONMENT,
                  EnvironmentText.of("no-stack.title"),
                  EnvironmentText.of("no-stack.text"),
                  stackButtons);
          case EnvironmentModel.State.Loading(String stack) ->
              loading(EnvironmentText.of("loading", EnvironmentText.name(stack)));
          case EnvironmentModel.State.Ready(String stack) -> ready;
          case EnvironmentModel.State.Failed(String stack, Problem problem) -> failed(problem);
        };
    if (!body.getChildren().equals(List.of(now))) {
      body.getChildren().setAll(now);
    }
  }

  private static Node loading(String words) {
    ProgressIndicator busy = new ProgressIndicator();
    busy.setAccessibleText(words);
    busy.setMaxSize(40, 40);
    VBox box = new VBox(busy, new Label(words));
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("page-stack");
    return box;
  }

  private Node failed(Problem problem) {
    Button again = new Button(EnvironmentText.of("again"), Icon.REFRESH.node());
    again.setId("env-again");
    again.setOnAction(event -> model.reload());
    Label title = new Label(problem.title());
    title.getStyleClass().addAll(Look.SECTION_TITLE, Look.BAD);
    VBox box = new VBox(title, new ProblemView(problem), again);
    box.getStyleClass().add("page-stack");
    return box;
  }

  private void showFile(EnvironmentModel.Shown shown) {
    EnvTarget target = shown.target();
    EnvView view = shown.view();
    about.setText(target == null ? "" : EnvironmentText.about(target));
    about.getTooltip().setText(about.getText());
    showIf(changed, shown.changedByOthers());
    showProblems(shown.unlisted(), view == null ? List.of() : view.problems());
    Node now = content(shown, target, view);
    if (!content.getChildren().equals(List.of(now))) {
      content.getChildren().setAll(now);
    }
  }

  private Node content(
      EnvironmentModel.Shown shown, @Nullable EnvTarget target, @Nullable EnvView view) {
    Problem unreadable = shown.unreadable();
    if (unreadable != null) {
      return failed(unreadable);
    }
    if (target == null) {
      return new EmptyState(
          Icon.ENVIRONMENT, EnvironmentText.of("no-file"), EnvironmentText.of("no-file.text"));
    }
    if (view == null) {
      return loading(EnvironmentText.of("loading.file", EnvironmentText.name(target.name())));
    }
    // A file that was deleted still has its history.
    if (!view.exists() && model.rows().isEmpty() && history.versions().isEmpty()) {
      Button add = ActionNodes.button(actions.add());
      add.setId("env-first");
      return new EmptyState(
          Icon.ENVIRONMENT,
          EnvironmentText.of("missing.title", EnvironmentText.name(target.name())),
          EnvironmentText.of("missing.text"),
          add);
    }
    return tabs;
  }

  private static void showIf(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  /** What concerns the file as a whole, or can be mended here, stands on top. */
  private void showProblems(@Nullable Problem unlisted, List<EnvProblem> all) {
    List<EnvProblem> top =
        all.stream()
            .filter(one -> one.name().isEmpty() || one.kind() == EnvProblem.Kind.DUPLICATE)
            .toList();
    List<Node> rows = new ArrayList<>();
    if (unlisted != null) {
      Label words =
          new Label(
              EnvironmentText.of("file.unlisted", unlisted.title(), unlisted.happened()),
              Icon.WARNING.node(Look.WARN));
      words.setId("env-unlisted");
      words.setWrapText(true);
      rows.add(words);
    }
    top.stream().limit(MOST_PROBLEMS).map(this::problemRow).forEach(rows::add);
    if (top.size() > MOST_PROBLEMS) {
      Label more = new Label(EnvironmentText.of("problems.more", top.size() - MOST_PROBLEMS));
      more.getStyleClass().addAll(Look.MUTED, Look.SMALL);
      rows.add(more);
    }
    problems.getChildren().setAll(rows);
    showIf(problems, !rows.isEmpty());
  }

  private Node problemRow(EnvProblem problem) {
    boolean bad = problem.kind() == EnvProblem.Kind.BROKEN;
    String words = EnvironmentText.problem(problem);
    Label label =
        new Label(words, (bad ? Icon.PROBLEM : Icon.WARNING).node(bad ? Look.BAD : Look.WARN));
    label.setTooltip(new Tooltip(words));
    HBox row = new HBox(label);
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    if (problem.kind() == EnvProblem.Kind.DUPLICATE) {
      Hyperlink mend = new Hyperlink(EnvironmentText.of("problem.keep-last"));
      mend.setId("env-keep-last-" + problem.name());
      mend.setAccessibleText(
          EnvironmentText.of("problem.keep-last.name", EnvironmentText.name(problem.name())));
      mend.setMinWidth(USE_PREF_SIZE);
      mend.setOnAction(event -> keepLast.accept(problem.name()));
      row.getChildren().add(mend);
    }
    return row;
  }
}
