package dev.quayside.ui.backups;

import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import dev.quayside.ui.control.SecretField;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.theme.Look;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Asks how an archive is opened: by its passphrase, or by a file with a secret key. */
final class UnlockPane extends VBox {

  private final SecretField field = new SecretField();
  private final ObjectProperty<@Nullable Path> key;
  private final Subscription shown;

  /**
   * Asks for the first time, or again.
   *
   * @param name the beginning of the ids
   * @param words what opening it leads to
   * @param key the chosen key; stays chosen after a wrong passphrase
   * @param problem why the last try failed; null at the first
   */
  UnlockPane(
      String name,
      String words,
      Dialogs dialogs,
      ObjectProperty<@Nullable Path> key,
      @Nullable Problem problem) {
    this.key = key;
    getStyleClass().add("restore");
    field.setId(name + "-passphrase");
    field.setAccessibleText(BackupsText.of("restore.passphrase"));
    getChildren().addAll(Sheet.text(words), field, field.complaint());
    if (problem != null) {
      Label wrong = Sheet.text(problem.title());
      wrong.setId(name + "-wrong");
      wrong.getStyleClass().add(Look.BAD);
      getChildren().addAll(wrong, Sheet.mutedText(problem.happened() + " " + problem.nextStep()));
    }
    Hyperlink withKey = new Hyperlink(BackupsText.of("restore.with-key"));
    withKey.setId(name + "-with-key");
    withKey.setOnAction(event -> dialogs.choose(keyQuestion(), key::set));
    Label chosen = Sheet.text("");
    chosen.setId(name + "-key");
    Hyperlink without = new Hyperlink(BackupsText.of("restore.without-key"));
    without.setId(name + "-without-key");
    without.setOnAction(event -> key.set(null));
    VBox choice = new VBox(withKey);
    this.shown =
        key.subscribe(file -> {
          chosen.setText(file == null ? "" : BackupsText.of("restore.key", file));
          if (file == null) {
            choice.getChildren().setAll(withKey);
          } else {
            choice.getChildren().setAll(withKey, chosen, without);
          }
        });
    getChildren().add(choice);
  }

  private static FileQuestion keyQuestion() {
    return new FileQuestion(
        BackupsText.of("restore.key.title"),
        FileQuestion.Kind.OPEN,
        null,
        "",
        BackupsText.of("keys.filter"),
        List.of("*.asc", "*.gpg", "*.pgp", "*.key"));
  }

  SecretField field() {
    return field;
  }

  /** Returns whether nothing was said yet. A key may have no passphrase. */
  BooleanBinding missing() {
    return field.length().isEqualTo(0).and(key.isNull());
  }

  /** Hands over what was typed; null if nothing was. */
  @Nullable Secret take() {
    return field.length().get() == 0 ? null : field.take();
  }

  /** Wipes what was typed, and stops following the key. */
  void leave() {
    field.wipe();
    shown.unsubscribe();
  }
}
