package dev.quayside.ui.backups;

import atlantafx.base.theme.Styles;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.ui.control.FittingScroll;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Asks when a stack saves itself, where to, for whose key, and how many archives stay. */
final class ScheduleSheet {

  private static final int SHORT = 5;

  private final Dialogs dialogs;
  private final ScheduleModel model;

  private ScheduleSheet(Dialogs dialogs, ScheduleModel model) {
    this.dialogs = dialogs;
    this.model = model;
  }

  /** Shows the sheet; {@code set} and {@code off} run after it was closed. */
  static void open(
      Sheets sheets, Dialogs dialogs, ScheduleModel model, Runnable set, Runnable off) {
    ScheduleSheet asked = new ScheduleSheet(dialogs, model);
    VBox parts = new VBox(asked.state(), asked.whenDue(), asked.where(), asked.who(), asked.keep());
    parts.getStyleClass().add("create-parts");
    Sheet sheet =
        new Sheet(
                "schedule",
                BackupsText.of("schedule.title", model.stack()),
                new FittingScroll(parts))
            .withStyle("wide");
    Button cancel = button("schedule-cancel", BackupsText.of("create.cancel"));
    cancel.setOnAction(event -> sheets.close(sheet));
    Button end = button("schedule-off", BackupsText.of("schedule.off"));
    end.setDisable(model.older() == null);
    end.setOnAction(event -> {
      sheets.close(sheet);
      off.run();
    });
    Button go = button("schedule-set", BackupsText.of("schedule.set"));
    go.getStyleClass().add(Styles.ACCENT);
    go.disableProperty().bind(model.ready().not());
    go.setOnAction(event -> {
      sheets.close(sheet);
      set.run();
    });
    sheets.show(sheet.withButtons(end, cancel, go).focusing(parts.lookup("#schedule-when")));
  }

  private static Button button(String id, String words) {
    Button button = new Button(words);
    button.setId(id);
    return button;
  }

  /** Says how the plan that is there stands, with all that weakens it. */
  private Node state() {
    VBox box = new VBox();
    box.getStyleClass().add("facts");
    ScheduleStatus older = model.older();
    box.setVisible(older != null);
    box.setManaged(older != null);
    if (older != null) {
      box.getChildren().add(Sheet.text(ScheduleTexts.last(older.last())));
      box.getChildren().add(Sheet.mutedText(timer(older)));
      older
          .warnings()
          .forEach(warning -> {
            Label line = Sheet.text("• " + BackupsText.line(warning));
            line.getStyleClass().add(Look.WARN);
            box.getChildren().add(line);
          });
    }
    return box;
  }

  private static String timer(ScheduleStatus older) {
    Boolean lingers = older.lingers();
    return switch (older.plan().timer()) {
      case BUILT_IN -> BackupsText.of("schedule.timer.built-in");
      case SYSTEMD ->
          lingers == null
              ? BackupsText.of("schedule.timer.unknown")
              : BackupsText.of(lingers ? "schedule.timer.always" : "schedule.timer.logged-in");
    };
  }

  private Node whenDue() {
    ChoiceBox<ScheduleModel.When> often = new ChoiceBox<>();
    often.setId("schedule-when");
    often.setAccessibleText(BackupsText.of("schedule.when"));
    often.setConverter(new Words());
    often.getItems().setAll(ScheduleModel.When.values());
    often.valueProperty().bindBidirectional(model.when());
    TextField time = field("schedule-time", BackupsText.of("schedule.time"), model.time());
    TextField words =
        field("schedule-expression", BackupsText.of("schedule.expression"), model.expression());
    words.setPrefColumnCount(16);
    var byWords = model.when().isEqualTo(ScheduleModel.When.EXPRESSION);
    words.visibleProperty().bind(byWords);
    words.managedProperty().bind(byWords);
    time.visibleProperty().bind(byWords.not());
    time.managedProperty().bind(byWords.not());
    Label wrong = new Label();
    wrong.getStyleClass().addAll(Look.BAD, Look.SMALL);
    wrong
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> model.calendar() == null ? BackupsText.of("schedule.not-understood") : "",
                model.when(),
                model.time(),
                model.expression()));
    return section(BackupsText.of("schedule.when"), row(often, time, words, wrong));
  }

  private static TextField field(String id, String name, StringProperty text) {
    TextField field = new TextField();
    field.setId(id);
    field.setAccessibleText(name);
    field.setPrefColumnCount(SHORT);
    field.textProperty().bindBidirectional(text);
    return field;
  }

  private Node where() {
    CheckBox stop = new CheckBox(BackupsText.of("schedule.may-stop"));
    stop.setWrapText(true);
    stop.selectedProperty().bindBidirectional(model.mayStop());
    return section(
        BackupsText.of("create.where"),
        folder("schedule-target", BackupsText.of("create.no-target"), model.target()),
        folder("schedule-second", BackupsText.of("schedule.no-second"), model.second()),
        stop);
  }

  private Node folder(String id, String none, ObjectProperty<@Nullable Path> chosen) {
    Label path = new Label();
    path.getStyleClass().add(Look.CODE);
    path.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> chosen.get() == null ? none : String.valueOf(chosen.get()), chosen));
    Button choose =
        new Button(
            BackupsText.of(
                id.equals("schedule-second") ? "schedule.choose-second" : "create.choose"),
            Icon.FOLDER.node());
    choose.setId(id);
    choose.setOnAction(event ->
        dialogs.choose(
            new FileQuestion(choose.getText(), FileQuestion.Kind.FOLDER, null, "", "", List.of()),
            chosen::set));
    return row(choose, path);
  }

  private Node who() {
    VBox list = new VBox();
    list.setId("schedule-keys");
    list.getStyleClass().add("create-list");
    Runnable fill =
        () -> {
          List<Node> boxes = new ArrayList<>();
          model.recipients().forEach(one -> boxes.add(recipient(one)));
          if (boxes.isEmpty()) {
            boxes.add(Sheet.mutedText(BackupsText.of("schedule.no-keys")));
          }
          list.getChildren().setAll(boxes);
        };
    fill.run();
    model
        .recipients()
        .addListener(
            (ListChangeListener<ScheduleModel.Recipient>)
                change -> {
                  while (change.next()) {
                    if (change.wasAdded() && !change.wasUpdated()) {
                      fill.run();
                    }
                  }
                });
    Button add = new Button(BackupsText.of("create.add-key"), Icon.ADD.node());
    add.setId("schedule-add-key");
    add.setOnAction(event -> dialogs.choose(KeyTexts.publicKey(), model::addRecipient));
    return section(BackupsText.of("create.who"), list, add);
  }

  private static Node recipient(ScheduleModel.Recipient one) {
    CheckBox box = new CheckBox(one.name());
    box.setMnemonicParsing(false);
    box.setWrapText(true);
    box.selectedProperty().bindBidirectional(one.taken());
    return box;
  }

  private Node keep() {
    return section(
        BackupsText.of("schedule.keep"),
        row(
            counted("schedule.keep.last", model.last()),
            counted("schedule.keep.daily", model.daily()),
            counted("schedule.keep.weekly", model.weekly()),
            counted("schedule.keep.monthly", model.monthly())),
        Sheet.mutedText(BackupsText.of("schedule.keep.text")));
  }

  private static Node counted(String key, StringProperty text) {
    Label name = new Label(BackupsText.of(key));
    TextField field = field(key.replace('.', '-'), name.getText(), text);
    field.setPrefColumnCount(2);
    name.setLabelFor(field);
    return row(name, field);
  }

  private static HBox row(Node... nodes) {
    HBox row = new HBox(nodes);
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private static Node section(String heading, Node... nodes) {
    Label title = new Label(heading);
    title.getStyleClass().add(Look.SECTION_TITLE);
    VBox box = new VBox(title);
    box.getChildren().addAll(nodes);
    box.getStyleClass().add("create-section");
    return box;
  }

  private static final class Words extends StringConverter<ScheduleModel.When> {
    @Override
    public String toString(ScheduleModel.@Nullable When when) {
      return when == null
          ? ""
          : switch (when) {
            case DAILY -> BackupsText.of("schedule.daily");
            case EXPRESSION -> BackupsText.of("schedule.by-expression");
            case MON, TUE, WED, THU, FRI, SAT, SUN -> BackupsText.of("schedule.weekly", day(when));
          };
    }

    private static String day(ScheduleModel.When when) {
      return Arrays.stream(DayOfWeek.values())
          .filter(day -> day.name().startsWith(when.name()))
          .findFirst()
          .orElseThrow()
          .getDisplayName(TextStyle.FULL, Locale.getDefault());
    }

    @Override
    public ScheduleModel.When fromString(String words) {
      throw new UnsupportedOperationException("nothing is typed here");
    }
  }
}
