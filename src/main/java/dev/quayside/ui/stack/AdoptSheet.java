package dev.quayside.ui.stack;

import atlantafx.base.theme.Styles;
import dev.quayside.common.ForeignText;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.adopt.FoundStack;
import dev.quayside.ui.control.DetailGrid;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Look;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Shows what a folder turned out to be, and adopts it when its button is pressed. */
final class AdoptSheet {

  private static final int LONGEST = 60;

  private AdoptSheet() {}

  /** Opens the sheet; {@code confirmed} takes the name that the operator gave. */
  static void show(Sheets sheets, StackDesk.Candidate candidate, Consumer<String> confirmed) {
    FoundStack found = candidate.found();
    String project = found.invocation().project();
    TextField name = new TextField(project);
    name.setId("adopt-name");
    Label label = new Label(StackText.of("adopt.name"));
    label.setLabelFor(name);
    List<Node> parts = new ArrayList<>();
    parts.add(Sheet.text(StackText.of("adopt.unchanged")));
    parts.add(facts(candidate));
    if (found.complaint() != null) {
      Label complaint = Sheet.text(StackText.of("adopt.complaint", found.complaint().happened()));
      complaint.getStyleClass().add(Look.WARN);
      parts.add(complaint);
    }
    parts.add(new VBox(4, label, name));
    Sheet sheet =
        new Sheet(
            "adopt-sheet",
            StackText.of("adopt.title", ForeignText.line(candidate.title(), LONGEST)),
            parts.toArray(Node[]::new));
    Button cancel = new Button(StackText.of("adopt.cancel"));
    cancel.setId("adopt-cancel");
    cancel.setCancelButton(true);
    cancel.setOnAction(event -> sheets.close(sheet));
    Button go = new Button(StackText.of("adopt.go"));
    go.setId("adopt-go");
    go.getStyleClass().add(Styles.ACCENT);
    go.setDefaultButton(true);
    go.disableProperty().bind(name.textProperty().map(String::isBlank));
    go.setOnAction(event -> {
      sheets.close(sheet);
      String given = name.getText().strip();
      confirmed.accept(given.equals(project) ? "" : given);
    });
    sheets.show(sheet.withButtons(cancel, go).withStyle("wide").focusing(name));
  }

  private static Node facts(StackDesk.Candidate candidate) {
    FoundStack found = candidate.found();
    ComposeInvocation called = found.invocation();
    DetailGrid grid = new DetailGrid(StackText.of("adopt.found"));
    grid.add(StackText.of("fact.kind"), candidate.title());
    grid.add(StackText.of("fact.folder"), found.root().toString());
    grid.add(StackText.of("fact.project"), called.project());
    grid.add(StackText.of("fact.files"), files(called));
    grid.add(StackText.of("fact.origin"), StackText.origin(found.origin()));
    if (!called.profiles().isEmpty()) {
      grid.add(StackText.of("fact.profiles"), String.join(", ", called.profiles()));
    }
    grid.add(
        StackText.of("fact.services"),
        found.definition() == null
            ? StackText.of("unknown.rejected")
            : String.join(", ", found.definition().services().keySet()));
    if (!found.others().isEmpty()) {
      grid.add(
          StackText.of("fact.others"),
          String.join(", ", found.others().stream().map(file -> near(called, file)).toList()));
    }
    return grid;
  }

  private static String files(ComposeInvocation called) {
    return called.files().isEmpty()
        ? StackText.of("files.default")
        : String.join(", ", called.files().stream().map(file -> near(called, file)).toList());
  }

  /** Returns {@code file} as seen from the project directory, where it lies inside it. */
  static String near(ComposeInvocation called, Path file) {
    return file.startsWith(called.directory())
        ? called.directory().relativize(file).toString()
        : file.toString();
  }
}
