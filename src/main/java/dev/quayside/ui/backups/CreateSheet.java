package dev.quayside.ui.backups;

import atlantafx.base.theme.Styles;
import dev.quayside.backup.BackupScope;
import dev.quayside.common.Secret;
import dev.quayside.ui.control.FittingScroll;
import dev.quayside.ui.control.SecretField;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks what a new backup takes in, where it goes and who can open it. */
final class CreateSheet {

  private final Sheets sheets;
  private final Dialogs dialogs;
  private final CreateModel model;
  private final Consumer<HeldPassphrase> start;
  private final SecretField passphrase = new SecretField();
  private final SecretField again = new SecretField();
  private final Label different = new Label();

  private CreateSheet(
      Sheets sheets, Dialogs dialogs, CreateModel model, Consumer<HeldPassphrase> start) {
    this.sheets = sheets;
    this.dialogs = dialogs;
    this.model = model;
    this.start = start;
  }

  /** Shows the sheet; {@code start} owns the passphrase it is handed. */
  static void show(
      Sheets sheets, Dialogs dialogs, CreateModel model, Consumer<HeldPassphrase> start) {
    new CreateSheet(sheets, dialogs, model, start).show();
  }

  private void show() {
    VBox parts = new VBox(what(), where(), who());
    parts.getStyleClass().add("create-parts");
    FittingScroll scroll = new FittingScroll(parts);
    scroll.setId("create-scroll");
    Sheet sheet = new Sheet("backup-create", BackupsText.of("create.title", model.stack()), scroll);
    Button cancel = new Button(BackupsText.of("create.cancel"));
    cancel.setId("create-cancel");
    cancel.setOnAction(event -> {
      wipe();
      sheets.close(sheet);
    });
    Button go = new Button(BackupsText.of("create.go", model.stack()));
    go.setId("create-go");
    // Names have underscores, which are no mnemonics.
    go.setMnemonicParsing(false);
    go.getStyleClass().add(Styles.ACCENT);
    go.disableProperty().bind(model.ready().not());
    go.setOnAction(event -> {
      @Nullable Secret typed = model.byPassphrase().get() ? passphrase.take() : null;
      wipe();
      sheets.close(sheet);
      start.accept(new HeldPassphrase(typed));
    });
    sheets.show(
        sheet
            .withButtons(cancel, go)
            .withStyle("wide")
            .focusing(parts.lookup("#create-target-choose")),
        this::wipe);
  }

  private void wipe() {
    passphrase.wipe();
    again.wipe();
  }

  private Node what() {
    VBox list = new VBox();
    list.getStyleClass().add("create-list");
    Runnable fill = () -> list.getChildren().setAll(choices());
    model
        .folders()
        .addListener(
            (ListChangeListener<CreateModel.Choice<BackupScope.Folder>>)
                change -> {
                  while (change.next()) {
                    if (change.wasAdded() && !change.wasUpdated()) {
                      fill.run();
                    }
                  }
                });
    fill.run();
    Button add = new Button(BackupsText.of("create.add-folder"), Icon.ADD.node());
    add.setId("create-add-folder");
    add.setOnAction(event ->
        dialogs.choose(
            folderQuestion(BackupsText.of("create.add-folder.title")), model::addFolder));
    return section(BackupsText.of("create.what"), list, add);
  }

  private List<Node> choices() {
    List<Node> rows = new ArrayList<>();
    for (CreateModel.Choice<BackupScope.Postgres> choice : model.databases()) {
      rows.add(box(BackupsText.of("create.database", CreateModel.name(choice.what())), choice));
    }
    for (CreateModel.Choice<BackupScope.Folder> choice : model.folders()) {
      rows.add(box(BackupsText.of("create.folder", choice.what().path()), choice));
    }
    for (CreateModel.Choice<BackupScope.SingleFiles> choice : model.files()) {
      rows.add(
          box(
              BackupsText.of("create.files", names(choice.what()), choice.what().folder()),
              choice));
    }
    for (CreateModel.Choice<BackupScope.Mounted> choice : model.mounted()) {
      String key = choice.what().volume() ? "create.volume" : "create.mounted";
      rows.add(box(BackupsText.of(key, choice.what().source()), choice));
    }
    if (!model.stopped().isEmpty()) {
      CheckBox stop =
          new CheckBox(BackupsText.of("create.may-stop", String.join(", ", model.stopped())));
      stop.setId("create-may-stop");
      stop.setMnemonicParsing(false);
      stop.setWrapText(true);
      stop.setMinHeight(Region.USE_PREF_SIZE);
      stop.selectedProperty().bindBidirectional(model.mayStop());
      rows.add(stop);
    }
    if (rows.isEmpty()) {
      rows.add(Sheet.mutedText(BackupsText.of("create.nothing")));
    }
    if (!model.leftOut().isEmpty()) {
      rows.add(Sheet.mutedText(BackupsText.of("create.left-out", leftOut())));
    }
    return rows;
  }

  private static String names(BackupScope.SingleFiles files) {
    return files.files().stream()
        .map(file -> String.valueOf(file.getFileName()))
        .collect(Collectors.joining(", "));
  }

  private String leftOut() {
    return model.leftOut().stream()
        .map(one -> one.what() + " (" + one.reason() + ")")
        .collect(Collectors.joining("; "));
  }

  private static Node box(String words, CreateModel.Choice<?> choice) {
    CheckBox box = new CheckBox(words);
    box.setMnemonicParsing(false);
    box.setWrapText(true);
    box.setMinHeight(Region.USE_PREF_SIZE);
    box.selectedProperty().bindBidirectional(choice.taken());
    return box;
  }

  private Node where() {
    Label chosen = new Label();
    chosen.setId("create-target");
    chosen.getStyleClass().add(Look.CODE);
    chosen
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> {
                  Path target = model.target().get();
                  return target == null ? BackupsText.of("create.no-target") : target.toString();
                },
                model.target()));
    HBox.setHgrow(chosen, Priority.ALWAYS);
    Button choose = new Button(BackupsText.of("create.choose"), Icon.FOLDER.node());
    choose.setId("create-target-choose");
    choose.setOnAction(event ->
        dialogs.choose(folderQuestion(BackupsText.of("create.target.title")), model.target()::set));
    HBox row = new HBox(choose, chosen);
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    return section(BackupsText.of("create.where"), row);
  }

  private static FileQuestion folderQuestion(String title) {
    return new FileQuestion(title, FileQuestion.Kind.FOLDER, null, "", "", List.of());
  }

  private Node who() {
    ToggleGroup group = new ToggleGroup();
    RadioButton words = new RadioButton(BackupsText.of("create.by-passphrase"));
    words.setToggleGroup(group);
    words.setId("create-by-passphrase");
    RadioButton keys = new RadioButton(BackupsText.of("create.by-key"));
    keys.setToggleGroup(group);
    keys.setId("create-by-key");
    words.setSelected(true);
    words.selectedProperty().addListener((source, before, now) -> model.byPassphrase().set(now));
    Node typed = typed();
    Node files = keys();
    typed.visibleProperty().bind(model.byPassphrase());
    typed.managedProperty().bind(model.byPassphrase());
    files.visibleProperty().bind(model.byPassphrase().not());
    files.managedProperty().bind(model.byPassphrase().not());
    return section(BackupsText.of("create.who"), words, typed, keys, files);
  }

  private Node typed() {
    passphrase.setId("create-passphrase");
    passphrase.setAccessibleText(BackupsText.of("create.passphrase"));
    again.setId("create-passphrase-again");
    again.setAccessibleText(BackupsText.of("create.passphrase-again"));
    different.setId("create-different");
    different.getStyleClass().addAll(Look.BAD, Look.SMALL);
    passphrase.length().addListener((source, before, now) -> compare());
    again.length().addListener((source, before, now) -> compare());
    Label first = new Label(BackupsText.of("create.passphrase"));
    first.setLabelFor(passphrase);
    Label second = new Label(BackupsText.of("create.passphrase-again"));
    second.setLabelFor(again);
    VBox box =
        new VBox(
            first,
            passphrase,
            passphrase.complaint(),
            second,
            again,
            again.complaint(),
            different,
            Sheet.mutedText(BackupsText.of("create.warning")));
    box.getStyleClass().add("create-inner");
    return box;
  }

  private void compare() {
    boolean both = passphrase.length().get() > 0 && again.length().get() > 0;
    boolean same = both && passphrase.sameAs(again);
    model.passphraseReady().set(same);
    boolean wrong = both && !same && again.length().get() >= passphrase.length().get();
    different.setText(wrong ? BackupsText.of("create.different") : "");
  }

  private Node keys() {
    VBox list = new VBox();
    list.setId("create-keys");
    model
        .recipients()
        .addListener(
            (ListChangeListener<Path>)
                change ->
                    list.getChildren()
                        .setAll(model.recipients().stream().map(this::keyRow).toList()));
    Button add = new Button(BackupsText.of("create.add-key"), Icon.ADD.node());
    add.setId("create-add-key");
    add.setOnAction(event -> dialogs.choose(KeyTexts.publicKey(), model::addRecipient));
    VBox shelved = new VBox();
    shelved.setId("create-shelved");
    shelved.getStyleClass().add("create-list");
    model
        .shelved()
        .forEach(choice -> shelved.getChildren().add(box(KeyTexts.name(choice.what()), choice)));
    VBox box = new VBox(shelved, list, add, Sheet.mutedText(BackupsText.of("create.key-note")));
    box.getStyleClass().add("create-inner");
    return box;
  }

  private Node keyRow(Path file) {
    Label name = new Label(file.toString());
    name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    name.setTooltip(new Tooltip(file.toString()));
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    Button remove = new Button(null, Icon.REMOVE.node());
    remove.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Look.ICON_BUTTON);
    remove.setAccessibleText(BackupsText.of("create.remove-key", file));
    remove.setTooltip(new Tooltip(remove.getAccessibleText()));
    remove.setOnAction(event -> model.removeRecipient(file));
    HBox row = new HBox(name, remove);
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
}
