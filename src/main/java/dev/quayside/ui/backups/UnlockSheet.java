package dev.quayside.ui.backups;

import atlantafx.base.theme.Styles;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Button;
import org.jspecify.annotations.Nullable;

/** Asks how an archive is opened for something that then runs by itself. */
final class UnlockSheet {

  private UnlockSheet() {}

  /**
   * Shows the sheet.
   *
   * @param opened owns the passphrase it is handed; the key is null to open by passphrase
   */
  static void open(
      Sheets sheets,
      Dialogs dialogs,
      String title,
      String words,
      String button,
      BiConsumer<HeldPassphrase, @Nullable Path> opened) {
    ObjectProperty<@Nullable Path> key = new SimpleObjectProperty<>();
    UnlockPane pane = new UnlockPane("unlock", words, dialogs, key, null);
    Sheet sheet = new Sheet("unlock", title, pane);
    Button cancel = new Button(BackupsText.of("restore.cancel"));
    cancel.setId("unlock-cancel");
    cancel.setOnAction(event -> {
      pane.leave();
      sheets.close(sheet);
    });
    Button go = new Button(button);
    go.setId("unlock-go");
    go.getStyleClass().add(Styles.ACCENT);
    go.setDefaultButton(true);
    go.disableProperty().bind(pane.missing());
    go.setOnAction(event -> {
      HeldPassphrase passphrase = new HeldPassphrase(pane.take());
      Path chosen = key.get();
      pane.leave();
      sheets.close(sheet);
      opened.accept(passphrase, chosen);
    });
    sheets.show(sheet.withButtons(cancel, go).focusing(pane.field()), () -> pane.leave());
  }
}
