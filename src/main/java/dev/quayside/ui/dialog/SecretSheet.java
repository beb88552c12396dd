package dev.quayside.ui.dialog;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Messages;
import dev.quayside.common.Secret;
import dev.quayside.ui.control.SecretField;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Asks for a secret, once, or twice where it is new. */
final class SecretSheet {

  private final Messages messages = Messages.of("shell");
  private final SecretField first = new SecretField();
  private final SecretField second = new SecretField();
  private final Label wrong = Sheet.text("");
  private final SecretQuestion question;

  private SecretSheet(SecretQuestion question) {
    this.question = question;
    first.setId("sheet-secret");
    second.setId("sheet-secret-again");
    wrong.getStyleClass().add("bad");
  }

  static void show(
      Sheets sheets, Button cancel, SecretQuestion question, Consumer<? super Secret> answered) {
    SecretSheet asked = new SecretSheet(question);
    Sheet sheet = new Sheet("secret-sheet", question.title(), asked.content());
    Button go = new Button(question.confirm());
    go.setId("sheet-confirm");
    go.setMnemonicParsing(false);
    go.getStyleClass().add(Styles.ACCENT);
    go.setDefaultButton(true);
    go.disableProperty().bind(asked.first.length().isEqualTo(0));
    cancel.setOnAction(event -> {
      asked.wipe();
      sheets.close(sheet);
    });
    go.setOnAction(event -> {
      if (asked.same()) {
        Secret secret = asked.first.take();
        asked.wipe();
        sheets.close(sheet);
        answered.accept(secret);
      }
    });
    sheets.show(sheet.withButtons(cancel, go).focusing(asked.first), asked::wipe);
  }

  private Node[] content() {
    first.setAccessibleText(question.title());
    if (!question.repeat()) {
      return new Node[] {Sheet.mutedText(question.text()), first, first.complaint(), wrong};
    }
    Label again = new Label(messages.get("dialog.secret.again"));
    again.setLabelFor(second);
    second.setAccessibleText(again.getText());
    return new Node[] {
      Sheet.mutedText(question.text()),
      first,
      first.complaint(),
      new VBox(again, second, second.complaint()),
      wrong
    };
  }

  private boolean same() {
    if (question.repeat() && !first.sameAs(second)) {
      wrong.setText(messages.get("dialog.secret.different"));
      second.requestFocus();
      return false;
    }
    return true;
  }

  private void wipe() {
    first.wipe();
    second.wipe();
  }
}
