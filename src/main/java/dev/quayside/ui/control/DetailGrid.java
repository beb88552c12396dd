package dev.quayside.ui.control;

import dev.quayside.common.ForeignText;
import dev.quayside.ui.theme.Look;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Shows a heading, and below it names with values. */
public final class DetailGrid extends VBox {

  private static final int LONGEST = 400;

  private final GridPane grid = new GridPane();
  private int rows;

  /** Creates a section without rows. */
  public DetailGrid(String title) {
    getStyleClass().add("detail-section");
    Label heading = new Label(title);
    heading.getStyleClass().add(Look.SECTION_TITLE);
    grid.getStyleClass().add("detail-grid");
    ColumnConstraints names = new ColumnConstraints();
    names.setMinWidth(Region.USE_PREF_SIZE);
    names.setHgrow(Priority.NEVER);
    ColumnConstraints values = new ColumnConstraints();
    values.setHgrow(Priority.ALWAYS);
    values.setMinWidth(0);
    grid.getColumnConstraints().setAll(names, values);
    getChildren().addAll(heading, grid);
  }

  /** Adds a row; {@code value} may be foreign text. */
  public DetailGrid add(String name, String value) {
    Label left = new Label(name);
    left.getStyleClass().add(Look.MUTED);
    return add(left, foreign(value));
  }

  /** Adds a row with a value that is told anew as time goes on. */
  public DetailGrid add(String name, Label value) {
    Label left = new Label(name);
    left.getStyleClass().add(Look.MUTED);
    return add(left, value);
  }

  /** Adds a row whose name is told anew as time goes on; {@code value} may be foreign text. */
  public DetailGrid add(Label name, String value) {
    return add(name, foreign(value));
  }

  private DetailGrid add(Label name, Label value) {
    name.setLabelFor(value);
    grid.addRow(rows++, name, value);
    return this;
  }

  /** Adds a line over both columns; {@code value} may be foreign text. */
  public DetailGrid line(String value, String... styleClasses) {
    Label label = foreign(value);
    label.getStyleClass().addAll(styleClasses);
    grid.add(label, 0, rows++, 2, 1);
    return this;
  }

  private static Label foreign(String value) {
    Label label = new Label(ForeignText.line(value, LONGEST));
    label.setWrapText(true);
    label.setMinWidth(0);
    if (value.length() > LONGEST) {
      label.setTooltip(new Tooltip(ForeignText.line(value, 4 * LONGEST)));
    }
    return label;
  }
}
