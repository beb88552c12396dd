package dev.quayside.ui.logs;

import dev.quayside.stack.logs.LineSearch;
import dev.quayside.stack.logs.LogLine;
import dev.quayside.stack.logs.Severity;
import dev.quayside.ui.theme.Look;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/**
 * Draws one line: time, service in its colour, text with the places where the search hit. It looks
 * at the switches of the model once: when they change, the list makes new cells.
 */
final class LogCell extends ListCell<LogLine> {

  /** What is drawn of a line that does not wrap; a longer one would only slow down scrolling. */
  private static final int DRAWN = 1_200;

  private static final int MARKED = 20;

  private static final int LONGEST_NAME = 30;

  /** Room for the scroll bar. */
  private static final int WRAP_MARGIN = 24;

  private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
  private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final LogsModel model;
  private final Label time = new Label();
  private final Label service = new Label();
  private final TextFlow text = new TextFlow();
  private final HBox row = new HBox(time, service, text);
  private @Nullable String colour;

  LogCell(LogsModel model, ListView<LogLine> list) {
    this.model = model;
    getStyleClass().add("log-cell");
    time.getStyleClass().addAll("log-time", Look.CODE, Look.MUTED);
    service.getStyleClass().addAll("log-service", Look.CODE);
    text.getStyleClass().addAll("log-text", Look.CODE);
    row.getStyleClass().add("log-row");
    row.setAlignment(Pos.BASELINE_LEFT);
    HBox.setHgrow(text, Priority.ALWAYS);
    time.setMinWidth(USE_PREF_SIZE);
    service.setMinWidth(USE_PREF_SIZE);
    time.setVisible(model.times().get());
    time.setManaged(model.times().get());
    if (model.wrap().get()) {
      // Otherwise the cell is as wide as its text and the list scrolls sideways.
      prefWidthProperty().bind(list.widthProperty().subtract(WRAP_MARGIN));
    }
  }

  @Override
  protected void updateItem(@Nullable LogLine line, boolean empty) {
    super.updateItem(line, empty);
    if (empty || line == null) {
      setGraphic(null);
      setAccessibleText(null);
      pseudoClassStateChanged(ERROR, false);
      pseudoClassStateChanged(WARNING, false);
      return;
    }
    time.setText(TIME.format(line.at()));
    service.setText(padded(LogsText.name(line.service())));
    colourService(line.service());
    text.getChildren().setAll(pieces(line));
    pseudoClassStateChanged(ERROR, line.severity() == Severity.ERROR);
    pseudoClassStateChanged(WARNING, line.severity() == Severity.WARNING);
    setAccessibleText(spoken(line));
    setGraphic(row);
  }

  /** Makes the texts of all lines begin at the same place; the face has a fixed width. */
  private String padded(String name) {
    int wanted = Math.min(model.longestName(), LONGEST_NAME);
    return name.length() >= wanted ? name : name + " ".repeat(wanted - name.length());
  }

  private String spoken(LogLine line) {
    String key = line.severity() == Severity.ERROR ? "line.spoken-error" : "line.spoken";
    return LogsText.of(key, LogsText.name(line.service()), time.getText(), line.text());
  }

  private void colourService(String name) {
    ServiceChoice choice = model.service(name);
    String wanted = "service-colour-" + (choice == null ? 0 : choice.colour());
    if (!wanted.equals(colour)) {
      service.getStyleClass().remove(colour);
      service.getStyleClass().add(wanted);
      colour = wanted;
    }
  }

  private List<Node> pieces(LogLine line) {
    String whole = line.text();
    boolean shortened = !model.wrap().get() && whole.length() > DRAWN;
    String drawn = shortened ? whole.substring(0, DRAWN) : whole;
    List<Node> pieces = new ArrayList<>();
    int from = 0;
    for (LineSearch.Hit hit : hits(drawn)) {
      add(pieces, drawn.substring(from, hit.start()), "log-plain");
      add(pieces, drawn.substring(hit.start(), hit.end()), "log-hit");
      from = hit.end();
    }
    add(pieces, drawn.substring(from), "log-plain");
    if (shortened) {
      add(pieces, " " + LogsText.of("line.long", whole.length() - DRAWN), "log-mark");
    }
    if (line.standardError() && line.severity() == Severity.UNKNOWN) {
      add(pieces, "  " + LogsText.of("line.stderr"), "log-mark");
    }
    if (line.cut() > 0) {
      add(pieces, " " + LogsText.of("line.cut", line.cut()), "log-mark");
    }
    return pieces;
  }

  private static void add(List<Node> pieces, String words, String styleClass) {
    if (!words.isEmpty()) {
      Text piece = new Text(words);
      piece.getStyleClass().add(styleClass);
      pieces.add(piece);
    }
  }

  private List<LineSearch.Hit> hits(String drawn) {
    LineSearch search = model.search();
    if (search == null) {
      return List.of();
    }
    try {
      return search.hits(drawn, MARKED);
    } catch (LineSearch.TooCostly e) {
      return List.of();
    }
  }
}
