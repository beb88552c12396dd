package dev.quayside.ui.backups;

import atlantafx.base.theme.Styles;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks whose a new key is and where its recovery kit goes. */
final class KeyCreateSheet {

  private KeyCreateSheet() {}

  /** Shows the sheet; {@code go} is told owner and file of the kit. */
  static void open(Sheets sheets, Dialogs dialogs, BiConsumer<String, Path> go) {
    TextField owner = new TextField();
    owner.setId("key-owner");
    owner.setPromptText(BackupsText.of("key.create.example"));
    Label name = new Label(BackupsText.of("key.create.owner"));
    name.setLabelFor(owner);
    owner.setAccessibleText(name.getText());
    ObjectProperty<@Nullable Path> kit = new SimpleObjectProperty<>();
    Label file = new Label();
    file.getStyleClass().add(Look.CODE);
    file.textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    kit.get() == null
                        ? BackupsText.of("key.create.no-kit")
                        : String.valueOf(kit.get()),
                kit));
    Button choose = new Button(BackupsText.of("key.create.kit"), Icon.FILE.node());
    choose.setId("key-kit");
    choose.setOnAction(event ->
        dialogs.choose(KeyTexts.newFile(choose.getText(), "quayside-recovery-kit.txt"), kit::set));
    HBox row = new HBox(choose, file);
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    VBox parts = new VBox(name, owner, Sheet.mutedText(BackupsText.of("key.create.text")), row);
    parts.getStyleClass().add("create-section");
    Sheet sheet = new Sheet("key-create", BackupsText.of("key.create"), parts);
    Button cancel = new Button(BackupsText.of("create.cancel"));
    cancel.setId("key-create-cancel");
    cancel.setOnAction(event -> sheets.close(sheet));
    Button next = new Button(BackupsText.of("key.create.next"));
    next.setId("key-create-next");
    next.getStyleClass().add(Styles.ACCENT);
    next.disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> owner.getText().isBlank() || kit.get() == null, owner.textProperty(), kit));
    next.setOnAction(event -> {
      Path chosen = kit.get();
      if (chosen != null) {
        sheets.close(sheet);
        go.accept(owner.getText().strip(), chosen);
      }
    });
    sheets.show(sheet.withButtons(cancel, next).focusing(owner));
  }
}
