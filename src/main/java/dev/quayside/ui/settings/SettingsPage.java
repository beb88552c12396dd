package dev.quayside.ui.settings;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.ui.control.PageHeader;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import dev.quayside.ui.theme.ThemeChoice;
import dev.quayside.ui.theme.ThemeManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Is the Settings page. Every change takes effect at once and is kept, unless it says otherwise;
 * the look is kept by the window itself, because keys and palette change it too.
 */
public final class SettingsPage implements Page {

  private static final double WIDEST = 720;

  private final Messages messages = Messages.of("settings");
  private final Workbench workbench;
  private final SettingsBackend backend;
  private final SettingsModel model;
  private final VBox view;

  /** Builds the page. */
  public SettingsPage(Workbench workbench, SettingsBackend backend) {
    this.workbench = workbench;
    this.backend = backend;
    this.model = new SettingsModel(backend.store());
    VBox cards = new VBox(look(), engine(), paths(), about());
    cards.getStyleClass().add("settings-cards");
    cards.setMaxWidth(WIDEST);
    ScrollPane scroll = new ScrollPane(cards);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("page-scroll");
    scroll.setAccessibleText(messages.get("title"));
    VBox.setVgrow(scroll, Priority.ALWAYS);
    view = new VBox(new PageHeader(messages.get("title"), messages.get("subtitle")), scroll);
    view.getStyleClass().add(Look.PAGE);
  }

  /** Describes the page for the rail. */
  public static PageSpec spec(SettingsBackend backend) {
    return new PageSpec(
        "settings",
        Messages.of("settings").get("title"),
        Icon.SETTINGS,
        workbench -> new SettingsPage(workbench, backend));
  }

  @Override
  public Node view() {
    return view;
  }

  @Override
  public void shown() {
    Problem problem = backend.store().problem();
    if (problem != null) {
      workbench.dialogs().problem(problem);
    }
  }

  @Override
  public void hidden() {
    takeEngine();
  }

  private static Node card(String heading, Node... content) {
    Label title = new Label(heading);
    title.getStyleClass().add(Look.SECTION_TITLE);
    VBox box = new VBox(title);
    box.getChildren().addAll(content);
    box.getStyleClass().addAll(Look.CARD, "settings-card");
    return box;
  }

  private Node look() {
    ToggleGroup group = new ToggleGroup();
    HBox choices =
        new HBox(
            themeButton(group, ThemeChoice.FOLLOW, messages.get("theme.follow"), Icon.SETTINGS),
            themeButton(group, ThemeChoice.LIGHT, messages.get("theme.light"), Icon.THEME_LIGHT),
            themeButton(group, ThemeChoice.DARK, messages.get("theme.dark"), Icon.THEME_DARK));
    choices.getStyleClass().add(Look.TOOLS);
    IntegerProperty chosen = workbench.theme().textSize();
    Spinner<Integer> size =
        new Spinner<>(ThemeManager.SMALLEST_TEXT, ThemeManager.LARGEST_TEXT, chosen.get());
    size.setId("settings-text-size");
    size.setAccessibleText(messages.get("text-size"));
    size.getEditor().setAccessibleText(messages.get("text-size"));
    size.valueProperty().addListener((source, before, now) -> chosen.set(now));
    chosen.addListener((source, before, now) -> size.getValueFactory().setValue(now.intValue()));
    Label sizeLabel = new Label(messages.get("text-size"));
    sizeLabel.setLabelFor(size);
    HBox sizeRow = new HBox(sizeLabel, size);
    sizeRow.getStyleClass().add(Look.TOOLS);
    sizeRow.setAlignment(Pos.CENTER_LEFT);
    return card(messages.get("look"), choices, sizeRow);
  }

  private ToggleButton themeButton(ToggleGroup group, ThemeChoice choice, String words, Icon icon) {
    ToggleButton button = new ToggleButton(words, icon.node());
    button.setId("settings-theme-" + choice.name().toLowerCase(java.util.Locale.ROOT));
    button.setToggleGroup(group);
    ObjectProperty<ThemeChoice> chosen = workbench.theme().choice();
    chosen.subscribe(now -> button.setSelected(now == choice));
    button.setOnAction(event -> {
      button.setSelected(true);
      chosen.set(choice);
    });
    return button;
  }

  private Node engine() {
    TextField field = new TextField(model.engine().get());
    field.setId("settings-engine");
    field.setPromptText(messages.get("engine.prompt"));
    Label label = new Label(messages.get("engine.label"));
    label.setLabelFor(field);
    field.setAccessibleText(label.getText());
    field.textProperty().bindBidirectional(model.engine());
    field.setOnAction(event -> takeEngine());
    field.focusedProperty().addListener((source, before, now) -> takeEngineUnless(now));
    Label wrong = Sheet.text("");
    wrong.setId("settings-engine-wrong");
    wrong.getStyleClass().add(Look.BAD);
    wrong.visibleProperty().bind(wrong.textProperty().isNotEmpty());
    wrong.managedProperty().bind(wrong.visibleProperty());
    model.engineProblem().subscribe(problem -> wrong.setText(wrong(problem)));
    Label next = Sheet.mutedText(messages.get("engine.next"));
    next.setId("settings-engine-next");
    next.visibleProperty().bind(model.engineChanged());
    next.managedProperty().bind(model.engineChanged());
    return card(
        messages.get("engine"),
        label,
        field,
        wrong,
        Sheet.mutedText(messages.get("engine.text")),
        next);
  }

  private void takeEngineUnless(boolean typing) {
    if (!typing) {
      takeEngine();
    }
  }

  private void takeEngine() {
    model.takeEngine(messages.get("engine.label"));
  }

  private String wrong(@Nullable Problem problem) {
    return problem == null ? "" : messages.get("engine.wrong", problem.title(), problem.nextStep());
  }

  private Node paths() {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("receipt-grid");
    int row = 0;
    for (Map.Entry<String, Path> path :
        List.of(
            Map.entry(messages.get("path.settings"), backend.store().file()),
            Map.entry(messages.get("path.state"), backend.home().state()),
            Map.entry(messages.get("path.cache"), backend.home().cache()))) {
      Label where = new Label(path.getValue().toString());
      where.getStyleClass().add(Look.CODE);
      where.setTooltip(new Tooltip(where.getText()));
      Button copy = new Button(null, Icon.COPY.node());
      copy.getStyleClass().addAll("button-icon", "flat", Look.ICON_BUTTON);
      copy.setAccessibleText(messages.get("path.copy", path.getKey()));
      copy.setOnAction(event ->
          Clipboard.getSystemClipboard()
              .setContent(Map.of(DataFormat.PLAIN_TEXT, path.getValue().toString())));
      Label name = new Label(path.getKey());
      name.setMinWidth(Region.USE_PREF_SIZE);
      grid.addRow(row++, name, where, copy);
    }
    return card(messages.get("paths"), grid);
  }

  private Node about() {
    Label versions =
        Sheet.text(
            messages.get(
                "about.versions",
                backend.version(),
                System.getProperty("java.runtime.version", ""),
                System.getProperty("javafx.runtime.version", "")));
    Button licences = new Button(messages.get("about.licences"), Icon.FILE.node());
    licences.setId("settings-licences");
    licences.setOnAction(event -> LicenceSheet.show(workbench.sheets(), messages));
    return card(
        messages.get("about"), versions, Sheet.mutedText(messages.get("about.licence")), licences);
  }
}
