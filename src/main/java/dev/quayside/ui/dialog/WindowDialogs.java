package dev.quayside.ui.dialog;

import atlantafx.base.theme.Styles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import dev.quayside.ui.theme.Icon;
import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Implements {@link Dialogs} with sheets inside the window and the desktop's own file choosers. */
public final class WindowDialogs implements Dialogs {

  private final Messages messages = Messages.of("shell");
  private final Sheets sheets;
  private final Notices notices;
  private final Supplier<@Nullable Window> owner;

  /** Creates the dialogs of one window. */
  public WindowDialogs(Sheets sheets, Notices notices, Supplier<@Nullable Window> owner) {
    this.sheets = sheets;
    this.notices = notices;
    this.owner = owner;
  }

  @Override
  public void confirm(Confirmation question, Runnable confirmed) {
    Button cancel = cancelButton();
    Button go = new Button(question.confirm());
    go.setId("sheet-confirm");
    go.setMnemonicParsing(false);
    Sheet sheet = new Sheet("confirm-sheet", question.title(), Sheet.text(question.text()));
    VBox body = (VBox) sheet.getChildren().get(1);
    if (!question.points().isEmpty()) {
      body.getChildren().add(points(question));
    }
    switch (question.danger()) {
      case NONE -> go.getStyleClass().add(Styles.ACCENT);
      case RECOVERABLE -> {
        go.getStyleClass().add(Styles.DANGER);
        Sheet.ignoreEnter(go);
      }
      case IRREVERSIBLE -> {
        go.getStyleClass().add(Styles.DANGER);
        Sheet.ignoreEnter(go);
        body.getChildren().addFirst(irreversibleBand());
        body.getChildren().add(typedName(question, go));
      }
    }
    cancel.setOnAction(event -> sheets.close(sheet));
    go.setOnAction(event -> {
      sheets.close(sheet);
      confirmed.run();
    });
    sheets.show(sheet.withButtons(cancel, go).focusing(cancel));
  }

  private VBox points(Confirmation question) {
    VBox list = new VBox();
    list.getStyleClass().add("points");
    for (String point : question.points()) {
      list.getChildren().add(Sheet.text("•  " + ForeignText.line(point, 120)));
    }
    return list;
  }

  private Label irreversibleBand() {
    Label band = new Label(messages.get("dialog.irreversible"), Icon.DANGER.node());
    band.getStyleClass().add("danger-band");
    band.setMaxWidth(Double.MAX_VALUE);
    return band;
  }

  private VBox typedName(Confirmation question, Button go) {
    String wanted = String.valueOf(question.typed());
    Label ask = Sheet.text(messages.get("dialog.type", ForeignText.line(wanted, 120)));
    TextField field = new TextField();
    field.setId("sheet-typed");
    ask.setLabelFor(field);
    field.setAccessibleText(ask.getText());
    go.disableProperty().bind(field.textProperty().isNotEqualTo(wanted));
    return new VBox(ask, field);
  }

  @Override
  public void problem(Problem problem) {
    Button close = new Button(messages.get("dialog.close"));
    close.setId("sheet-close");
    Sheet sheet = new Sheet("problem-sheet", problem.title(), new ProblemView(problem));
    close.setOnAction(event -> sheets.close(sheet));
    sheets.show(sheet.withButtons(close).focusing(close).withStyle("wide"));
  }

  @Override
  public void askSecret(SecretQuestion question, Consumer<? super Secret> answered) {
    SecretSheet.show(sheets, cancelButton(), question, answered);
  }

  @Override
  public void choose(FileQuestion question, Consumer<? super Path> chosen) {
    File file =
        switch (question.kind()) {
          case FOLDER -> folderChooser(question).showDialog(owner.get());
          case OPEN -> fileChooser(question).showOpenDialog(owner.get());
          case SAVE -> fileChooser(question).showSaveDialog(owner.get());
        };
    if (file != null) {
      chosen.accept(file.toPath());
    }
  }

  private static DirectoryChooser folderChooser(FileQuestion question) {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(question.title());
    if (question.folder() != null) {
      chooser.setInitialDirectory(question.folder().toFile());
    }
    return chooser;
  }

  private static FileChooser fileChooser(FileQuestion question) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(question.title());
    if (question.folder() != null) {
      chooser.setInitialDirectory(question.folder().toFile());
    }
    if (!question.name().isEmpty()) {
      chooser.setInitialFileName(question.name());
    }
    if (!question.patterns().isEmpty()) {
      chooser
          .getExtensionFilters()
          .add(new FileChooser.ExtensionFilter(question.filterName(), question.patterns()));
    }
    return chooser;
  }

  @Override
  public void notice(Notice notice) {
    notices.show(notice);
  }

  private Button cancelButton() {
    Button cancel = new Button(messages.get("dialog.cancel"));
    cancel.setId("sheet-cancel");
    cancel.setCancelButton(true);
    return cancel;
  }
}
