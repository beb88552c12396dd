package dev.quayside.ui.action;

import dev.quayside.common.Messages;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Lists every action that has keys, made from the registry so that it cannot be out of date. */
public final class KeySheet {

  private final Messages messages = Messages.of("shell");
  private final Actions actions;
  private final Sheets sheets;

  /** Creates the sheet. */
  public KeySheet(Actions actions, Sheets sheets) {
    this.actions = actions;
    this.sheets = sheets;
  }

  /** Opens it. */
  public void open() {
    Map<String, List<Action>> groups =
        actions.all().stream()
            .filter(action -> action.keys() != null)
            .collect(Collectors.groupingBy(Action::group, LinkedHashMap::new, Collectors.toList()));
    FlowPane columns = new FlowPane();
    columns.getStyleClass().add("key-columns");
    groups.forEach((name, listed) -> columns.getChildren().add(group(name, listed)));
    Button close = new Button(messages.get("dialog.close"));
    close.setId("sheet-close");
    Sheet sheet = new Sheet("key-sheet", messages.get("keys.title"), columns).withStyle("wide");
    close.setOnAction(event -> sheets.close(sheet));
    sheets.show(sheet.withButtons(close).focusing(close));
  }

  private static Node group(String name, List<Action> listed) {
    Label heading = new Label(name);
    heading.getStyleClass().add(Look.SECTION_TITLE);
    GridPane grid = new GridPane();
    grid.getStyleClass().add("key-grid");
    ColumnConstraints words = new ColumnConstraints();
    words.setHgrow(Priority.ALWAYS);
    ColumnConstraints right = new ColumnConstraints();
    right.setHalignment(HPos.RIGHT);
    grid.getColumnConstraints().setAll(words, right);
    int row = 0;
    for (Action action : listed) {
      Label text = new Label(action.text());
      Label keys = new Label(action.keys() == null ? "" : action.keys().getDisplayText());
      keys.getStyleClass().add("keys");
      grid.addRow(row++, text, keys);
    }
    VBox box = new VBox(heading, grid);
    box.getStyleClass().add("key-group");
    return box;
  }
}
