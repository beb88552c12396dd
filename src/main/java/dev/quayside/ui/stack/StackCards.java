package dev.quayside.ui.stack;

import dev.quayside.common.ForeignText;
import dev.quayside.engine.compose.ComposeCommandLine;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.picture.StackPicture;
import dev.quayside.ui.control.DetailGrid;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Builds the cards of the Stack page that do not change while it is shown. */
final class StackCards {

  private static final int LONGEST = 300;
  private static final int LONGEST_COMMAND = 4000;

  private StackCards() {}

  /** Says what the stack is. */
  static Node facts(StackDesk.Shown shown) {
    StackPicture picture = shown.picture();
    DetailGrid grid = new DetailGrid(StackText.of("card.facts"));
    grid.add(StackText.of("fact.kind"), picture.title());
    grid.add(StackText.of("fact.folder"), orUnknown(picture.root()));
    ComposeInvocation called = picture.invocation();
    grid.add(
        StackText.of("fact.project"), called == null ? picture.stack().name() : called.project());
    if (called != null && !called.directory().equals(picture.root())) {
      grid.add(StackText.of("fact.directory"), called.directory().toString());
    }
    grid.add(
        StackText.of("fact.adopted"), StackText.of(shown.adopted() ? "adopted.yes" : "adopted.no"));
    grid.add(StackText.of("fact.services"), counts(picture));
    return card("stack-facts", grid);
  }

  private static String counts(StackPicture picture) {
    long defined = picture.services().stream().filter(StackPicture.Service::defined).count();
    long present =
        picture.services().stream().filter(service -> !service.containers().isEmpty()).count();
    return picture.complaint() != null || defined == 0
        ? StackText.of("services.present", present)
        : StackText.of("services.counts", defined, present);
  }

  private static String orUnknown(@Nullable Path path) {
    return path == null ? StackText.of("unknown.folder") : path.toString();
  }

  /** Shows how Compose is called for it, ready to copy; {@code copied} says that it was. */
  static Node call(StackPicture picture, Runnable copied) {
    DetailGrid grid = new DetailGrid(StackText.of("card.call"));
    ComposeInvocation called = picture.invocation();
    if (called == null) {
      return card("stack-call", grid.line(StackText.of("unknown.call"), Look.MUTED));
    }
    for (Path file : called.files()) {
      grid.add(StackText.of("fact.file"), AdoptSheet.near(called, file));
    }
    if (called.files().isEmpty()) {
      grid.add(StackText.of("fact.file"), StackText.of("files.default"));
    }
    grid.add(StackText.of("fact.origin"), StackText.origin(picture.origin()));
    if (!called.profiles().isEmpty()) {
      grid.add(StackText.of("fact.profiles"), String.join(", ", called.profiles()));
    }
    for (Path other : picture.others()) {
      grid.add(StackText.of("fact.other"), AdoptSheet.near(called, other));
    }
    return card("stack-call", grid, command(called, copied));
  }

  private static Node command(ComposeInvocation called, Runnable copied) {
    String text =
        "cd "
            + ComposeCommandLine.quoted(called.directory().toString())
            + "\n"
            + ComposeCommandLine.text(called)
            + " up -d";
    Label command =
        new Label(
            text.lines()
                .map(line -> ForeignText.line(line, LONGEST_COMMAND))
                .collect(Collectors.joining("\n")));
    command.setId("stack-command");
    command.setWrapText(true);
    command.setMinWidth(0);
    command.setMaxWidth(Double.MAX_VALUE);
    command.setMinHeight(Region.USE_PREF_SIZE);
    command.getStyleClass().addAll(Look.CODE, Look.SMALL, "command-box");
    Button copy = new Button(StackText.of("command.copy"), Icon.COPY.node());
    copy.setId("stack-copy");
    copy.setMinWidth(Region.USE_PREF_SIZE);
    copy.setOnAction(event -> {
      Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text));
      copied.run();
    });
    HBox.setHgrow(command, Priority.ALWAYS);
    HBox row = new HBox(command, copy);
    row.getStyleClass().add("command-row");
    row.setAlignment(Pos.TOP_LEFT);
    return row;
  }

  /** Says what Compose and the containers say against the files; nothing where all is well. */
  static List<Node> warnings(StackPicture picture) {
    List<Node> cards = new ArrayList<>();
    if (picture.complaint() != null) {
      Label title = new Label(picture.complaint().title(), Icon.WARNING.node());
      title.getStyleClass().addAll(Look.SECTION_TITLE, Look.BAD);
      cards.add(card("stack-complaint", title, new ProblemView(picture.complaint())));
    }
    if (!picture.differences().isEmpty()) {
      Label title = new Label(StackText.of("card.differs"), Icon.WARNING.node());
      title.getStyleClass().addAll(Look.SECTION_TITLE, Look.WARN);
      VBox box = card("stack-differs", title);
      picture.differences().forEach(one -> box.getChildren().add(Sheet.text(one)));
      cards.add(box);
    }
    return cards;
  }

  /** Lists the profiles with how much of each is there. */
  static Node profiles(StackPicture picture) {
    GridPane grid = grid();
    int row = 0;
    for (StackPicture.Profile profile : picture.profiles()) {
      int all = profile.services().size();
      TonePill pill =
          profile.present() == 0
              ? new TonePill(TonePill.Tone.OFF, StackText.of("profile.off"))
              : profile.present() == all
                  ? new TonePill(TonePill.Tone.GOOD, StackText.of("profile.on"))
                  : new TonePill(
                      TonePill.Tone.INFO, StackText.of("profile.part", profile.present(), all));
      grid.addRow(
          row++, foreign(profile.name()), pill, muted(String.join(", ", profile.services())));
    }
    Label none =
        muted(StackText.of(picture.complaint() == null ? "profiles.none" : "unknown.rejected"));
    return card("stack-profiles", heading("card.profiles"), row == 0 ? none : grid);
  }

  /** Lists the env files, with a way to the page that edits them. */
  static Node envFiles(StackPicture picture, Runnable edit) {
    GridPane grid = grid();
    int row = 0;
    Path root = picture.root();
    for (StackPicture.EnvFile file : picture.envFiles()) {
      String name =
          root != null && file.path().startsWith(root)
              ? root.relativize(file.path()).toString()
              : file.path().toString();
      TonePill pill =
          file.exists()
              ? new TonePill(TonePill.Tone.GOOD, StackText.of("env.there"))
              : new TonePill(TonePill.Tone.UNKNOWN, StackText.of("env.missing"));
      String use =
          file.services().isEmpty()
              ? StackText.of("env.fills")
              : StackText.of("env.services", String.join(", ", file.services()));
      grid.addRow(row++, foreign(name), pill, muted(use));
    }
    Button open = new Button(StackText.of("env.open"), Icon.FILE.node());
    open.setId("stack-env");
    open.setOnAction(event -> edit.run());
    Label none = muted(StackText.of("unknown.call"));
    return card("stack-env-files", heading("card.env"), row == 0 ? none : grid, open);
  }

  private static GridPane grid() {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("detail-grid");
    return grid;
  }

  private static Label foreign(String words) {
    Label label = new Label(ForeignText.line(words, LONGEST));
    label.setWrapText(true);
    label.setMinWidth(0);
    return label;
  }

  private static Label muted(String words) {
    Label label = foreign(words);
    label.getStyleClass().add(Look.MUTED);
    GridPane.setHgrow(label, Priority.ALWAYS);
    return label;
  }

  static Label heading(String key) {
    Label heading = new Label(StackText.of(key));
    heading.getStyleClass().add(Look.SECTION_TITLE);
    return heading;
  }

  static VBox card(String id, Node... content) {
    VBox box = new VBox(content);
    box.setId(id);
    box.getStyleClass().addAll(Look.CARD, "stack-card");
    return box;
  }
}
