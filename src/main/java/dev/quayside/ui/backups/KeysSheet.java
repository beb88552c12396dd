package dev.quayside.ui.backups;

import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.ui.control.FittingScroll;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Lists the keys with what can be done with each. */
final class KeysSheet {

  private KeysSheet() {}

  /** Shows the sheet; it follows the keys of {@code flow} until it is closed. */
  static void open(Sheets sheets, KeysFlow flow) {
    VBox list = new VBox();
    list.setId("keys-list");
    list.getStyleClass().add("restore");
    ListChangeListener<ShelvedKey> follow = change -> fill(list, flow);
    fill(list, flow);
    flow.keys().addListener(follow);
    Button create = button("keys-create", BackupsText.of("key.create"), flow::create);
    create.setGraphic(Icon.ADD.node());
    Button add =
        button("keys-import", BackupsText.of("key.import"), () -> flow.add(KeyRole.RECIPIENT));
    Button signer =
        button("keys-signer", BackupsText.of("key.import-signer"), () -> flow.add(KeyRole.SIGNER));
    FlowPane tools = new FlowPane(create, add, signer);
    tools.getStyleClass().add("keys-tools");
    VBox parts = new VBox(Sheet.mutedText(BackupsText.of("key.text")), tools, list);
    parts.getStyleClass().add("restore");
    Sheet sheet =
        new Sheet("keys", BackupsText.of("key.title"), new FittingScroll(parts)).withStyle("wide");
    Button close = button("keys-close", BackupsText.of("restore.close"), () -> {});
    close.setOnAction(event -> {
      flow.keys().removeListener(follow);
      sheets.close(sheet);
    });
    sheets.show(
        sheet.withButtons(close).focusing(create), () -> flow.keys().removeListener(follow));
  }

  private static Button button(String id, String words, Runnable handler) {
    Button button = new Button(words);
    button.setId(id);
    button.setOnAction(event -> handler.run());
    return button;
  }

  private static void fill(VBox list, KeysFlow flow) {
    List<Node> rows = new ArrayList<>();
    flow.keys().forEach(key -> rows.add(row(key, flow)));
    if (rows.isEmpty()) {
      rows.add(Sheet.mutedText(BackupsText.of("key.none.text")));
    }
    list.getChildren().setAll(rows);
  }

  private static Node row(ShelvedKey key, KeysFlow flow) {
    Label owner = new Label(KeyTexts.owner(key));
    owner.getStyleClass().add(Look.SECTION_TITLE);
    HBox head = new HBox(owner, KeyTexts.role(key));
    head.getStyleClass().add(Look.TOOLS);
    head.setAlignment(Pos.CENTER_LEFT);
    Label fingerprint = new Label(KeyTexts.grouped(key.fingerprint()));
    fingerprint.getStyleClass().add(Look.CODE);
    HBox links = new HBox();
    links.getStyleClass().add(Look.TOOLS);
    if (key.role() == KeyRole.RECIPIENT) {
      links.getChildren().add(link(key, "check", () -> flow.check(key)));
    }
    if (key.role() != KeyRole.OWN && key.secretKept()) {
      links.getChildren().add(link(key, "kit", () -> flow.kit(key)));
    }
    links.getChildren().add(link(key, "export", () -> flow.export(key)));
    if (key.role() != KeyRole.OWN) {
      links.getChildren().add(link(key, "remove", () -> flow.remove(key)));
    }
    VBox row = new VBox(head, fingerprint, Sheet.mutedText(KeyTexts.state(key)), links);
    row.getStyleClass().add("facts");
    return row;
  }

  private static Hyperlink link(ShelvedKey key, String what, Runnable handler) {
    Hyperlink link =
        SideCard.link(
            "key-" + what + "-" + KeyTexts.tail(key.fingerprint()),
            BackupsText.of("key." + what),
            handler);
    link.setAccessibleText(link.getText() + ": " + KeyTexts.name(key));
    return link;
  }
}
