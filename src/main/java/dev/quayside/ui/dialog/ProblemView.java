package dev.quayside.ui.dialog;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * Shows a problem: what happened and why we think so, what was not changed, the next step, the
 * command that mends it ready to copy, and the technical detail one click away.
 */
public final class ProblemView extends VBox {

  private final Messages messages = Messages.of("shell");

  /** Creates a view of {@code problem} without its title, which the place around it shows. */
  public ProblemView(Problem problem) {
    getStyleClass().add("problem");
    add(problem.happened());
    section("problem.unchanged", problem.unchanged());
    section("problem.next", problem.nextStep());
    if (problem.command() != null) {
      getChildren().add(commandRow(problem.command()));
    }
    if (!problem.detail().isBlank()) {
      getChildren().add(details(problem));
    }
    Label code = new Label(messages.get("problem.code", problem.code()));
    code.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    getChildren().add(code);
  }

  private void add(String words) {
    if (!words.isBlank()) {
      getChildren().add(Sheet.text(words));
    }
  }

  private void section(String key, String words) {
    if (!words.isBlank()) {
      Label heading = new Label(messages.get(key));
      heading.getStyleClass().addAll(Look.MUTED, Look.SMALL);
      getChildren().add(new VBox(heading, Sheet.text(words)));
    }
  }

  private Node commandRow(String command) {
    TextField field = new TextField(command);
    field.setEditable(false);
    field.setAccessibleText(messages.get("problem.command"));
    field.getStyleClass().add(Look.CODE);
    HBox.setHgrow(field, Priority.ALWAYS);
    Button copy = new Button(messages.get("problem.copy"), Icon.COPY.node());
    copy.setId("problem-copy");
    copy.setOnAction(
        event -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, command)));
    HBox row = new HBox(field, copy);
    row.getStyleClass().add("command-row");
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private Node details(Problem problem) {
    TextArea area = new TextArea(problem.detail());
    area.setEditable(false);
    area.setWrapText(true);
    area.setPrefRowCount(8);
    area.setAccessibleText(messages.get("problem.details"));
    area.getStyleClass().add(Look.CODE);
    TitledPane pane = new TitledPane(messages.get("problem.details"), area);
    pane.setExpanded(false);
    pane.setAnimated(false);
    pane.getStyleClass().addAll(Styles.DENSE, "details");
    return pane;
  }
}
