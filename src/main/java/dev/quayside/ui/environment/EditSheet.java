package dev.quayside.ui.environment;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Secret;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.stack.settings.EnvWords;
import dev.quayside.ui.control.SecretField;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Look;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the value of one setting and says while it is typed whether it can be written. A secret
 * is typed into a field that holds no String.
 */
final class EditSheet {

  private final Sheets sheets;
  private final EditModel model;
  private final @Nullable String fixedName;
  private final Consumer<PendingEdit.NewValue> noted;
  private final TextField nameField = new TextField();
  private final TextField plain = new TextField();
  private final SecretField secret = new SecretField();
  private final Label message = Sheet.text("");
  private final VBox plainBox = new VBox(plain);
  private final VBox secretBox = new VBox(secret, secret.complaint());
  private final Button go = new Button(EnvironmentText.of("edit.go"));
  private boolean closed;

  /**
   * Describes what a sheet begins with.
   *
   * @param text the value as it is; empty where it is not shown
   * @param hint what is to be known before; empty for nothing
   */
  record Start(String text, String hint) {}

  private EditSheet(
      Sheets sheets, EditModel model, @Nullable String name, Consumer<PendingEdit.NewValue> noted) {
    this.sheets = sheets;
    this.model = model;
    this.fixedName = name;
    this.noted = noted;
  }

  /** Shows the sheet for the value of {@code name}; {@code noted} owns the edit it is handed. */
  static void change(
      Sheets sheets,
      EditModel model,
      String name,
      Start start,
      Consumer<PendingEdit.NewValue> noted) {
    new EditSheet(sheets, model, name, noted)
        .show(EnvironmentText.of("edit.title", EnvironmentText.name(name)), start);
  }

  /** Shows the sheet for a new setting; {@code noted} owns the edit it is handed. */
  static void add(Sheets sheets, EditModel model, Consumer<PendingEdit.NewValue> noted) {
    new EditSheet(sheets, model, null, noted)
        .show(
            EnvironmentText.of("add.title", EnvironmentText.name(model.target().name())),
            new Start("", ""));
  }

  private void show(String title, Start start) {
    nameField.setId("env-edit-name");
    plain.setId("env-edit-value");
    plain.getStyleClass().add(Look.CODE);
    plain.setAccessibleText(EnvironmentText.of("edit.value"));
    plain.setText(start.text());
    secret.setId("env-edit-secret");
    secret.setAccessibleText(EnvironmentText.of("edit.value.hidden"));
    message.setId("env-edit-message");
    Sheet sheet = new Sheet("env-edit", title, content(start));
    Button cancel = new Button(EnvironmentText.of("cancel"));
    cancel.setId("env-edit-cancel");
    cancel.setOnAction(event -> close(sheet));
    go.setId("env-edit-go");
    go.setDefaultButton(true);
    go.getStyleClass().add(Styles.ACCENT);
    go.setOnAction(event -> note(sheet));
    follow();
    Node first = fixedName == null ? nameField : hidden() ? secret : plain;
    sheets.show(sheet.withButtons(cancel, go).withStyle("wide").focusing(first), this::wipe);
  }

  private Node[] content(Start start) {
    Label value = new Label(EnvironmentText.of("edit.value"));
    value.setLabelFor(plain);
    VBox form = new VBox();
    form.getStyleClass().add("env-form");
    if (fixedName == null) {
      Label name = new Label(EnvironmentText.of("edit.name"));
      name.setLabelFor(nameField);
      nameField.setAccessibleText(EnvironmentText.of("edit.name"));
      nameField.getStyleClass().add(Look.CODE);
      form.getChildren().addAll(name, nameField);
    }
    form.getChildren().addAll(value, plainBox, secretBox);
    if (!start.hint().isEmpty()) {
      form.getChildren().add(Sheet.mutedText(start.hint()));
    }
    form.getChildren().add(message);
    return new Node[] {form};
  }

  private void follow() {
    model.verdict().subscribe(this::tell);
    model.hiding().subscribe(hiding -> showFields());
    plain.textProperty().addListener((source, before, now) -> check());
    secret.length().addListener((source, before, now) -> check());
    nameField
        .textProperty()
        .addListener((source, before, now) -> {
          model.judge(name());
          check();
        });
    if (fixedName == null) {
      showFields();
    }
  }

  private boolean hidden() {
    return model.hiding().get() == EditModel.Hiding.HIDDEN;
  }

  private void showFields() {
    boolean hidden = hidden();
    boolean unknown = model.hiding().get() == EditModel.Hiding.UNKNOWN;
    show(plainBox, !hidden);
    show(secretBox, hidden);
    // What is typed before it is known whether it must be hidden would be seen.
    plain.setDisable(unknown);
    plain.setPromptText(unknown ? EnvironmentText.of("edit.name.first") : null);
    if (hidden) {
      plain.clear();
    } else {
      secret.wipe();
    }
  }

  private static void show(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  private String name() {
    return fixedName == null ? nameField.getText().strip() : fixedName;
  }

  private void check() {
    if (closed) {
      return;
    }
    if (name().isEmpty()) {
      model.forget();
    } else {
      model.check(name(), hidden() ? secret.peek() : Secret.owning(plain.getText().toCharArray()));
    }
  }

  private void tell(EditModel.Verdict verdict) {
    go.setDisable(!(verdict instanceof EditModel.Verdict.Good));
    message.getStyleClass().removeAll(Look.GOOD, Look.BAD, Look.MUTED);
    switch (verdict) {
      case EditModel.Verdict.Nothing() -> say(Look.MUTED, EnvironmentText.of("verdict.nothing"));
      case EditModel.Verdict.Checking() -> say(Look.MUTED, EnvironmentText.of("verdict.checking"));
      case EditModel.Verdict.Same() -> say(Look.MUTED, EnvironmentText.of("verdict.same"));
      case EditModel.Verdict.Good(EnvDifference difference, List<EnvProblem> notes) ->
          say(Look.GOOD, good(difference, notes));
      case EditModel.Verdict.Refused(var problem) ->
          say(Look.BAD, EnvironmentText.refusal(problem));
    }
    plain.pseudoClassStateChanged(
        Styles.STATE_DANGER, verdict instanceof EditModel.Verdict.Refused);
  }

  private String good(EnvDifference difference, List<EnvProblem> notes) {
    String told =
        EnvironmentText.of(
            "verdict.good",
            EnvWords.readers(model.target().readers()),
            Integer.toString(difference.newLine()));
    return notes.isEmpty()
        ? told
        : told
            + " "
            + notes.stream().map(note -> note.text() + ".").collect(Collectors.joining(" "));
  }

  private void say(String look, String words) {
    message.getStyleClass().add(look);
    message.setText(words);
  }

  private void note(Sheet sheet) {
    if (model.verdict().get() instanceof EditModel.Verdict.Good good) {
      Secret value = hidden() ? secret.take() : Secret.owning(plain.getText().toCharArray());
      PendingEdit.NewValue edit = model.edit(name(), value, good);
      close(sheet);
      noted.accept(edit);
    }
  }

  private void close(Sheet sheet) {
    sheets.close(sheet);
    wipe();
  }

  private void wipe() {
    closed = true;
    model.forget();
    secret.wipe();
    plain.clear();
  }
}
