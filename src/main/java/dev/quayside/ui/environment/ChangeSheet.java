package dev.quayside.ui.environment;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Problem;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvImpact;
import dev.quayside.stack.settings.EnvWords;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/**
 * Shows what would change in a file and what that touches, and goes on only when its button is
 * pressed; Enter does not press it.
 */
final class ChangeSheet {

  private static final int LOWEST = 60;

  private final Label impact = Sheet.mutedText(EnvironmentText.of("impact.asking"));

  private ChangeSheet() {
    impact.setId("env-impact");
  }

  /**
   * Shows {@code preview}.
   *
   * @param go the words of its button
   * @param noted how many changes of the file are noted and no part of this
   * @param confirmed runs when the button is pressed
   * @param cancelled runs when the sheet goes without
   */
  static ChangeSheet show(
      Sheets sheets,
      String title,
      EnvPreview preview,
      String go,
      int noted,
      Runnable confirmed,
      Runnable cancelled) {
    ChangeSheet shown = new ChangeSheet();
    Sheet sheet = new Sheet("env-change", title, shown.content(preview, noted));
    Button cancel = cancel(sheets, sheet, cancelled);
    Button confirm = confirm(go);
    confirm.setOnAction(event -> {
      sheets.close(sheet);
      confirmed.run();
    });
    sheets.show(sheet.withButtons(cancel, confirm).withStyle("wide").focusing(cancel), cancelled);
    return shown;
  }

  /**
   * Shows what an apply would make anew; without anything to do it only tells.
   *
   * @param unsaved how many changes are not saved and so not part of it
   */
  static void apply(
      Sheets sheets, String stack, EnvImpact impact, int unsaved, Runnable confirmed) {
    List<Node> parts = new ArrayList<>();
    parts.add(Sheet.text(EnvironmentText.of("apply.text")));
    parts.add(section(EnvironmentText.of("change.touches"), lines(impact)));
    if (unsaved > 0) {
      parts.add(warning("apply.unsaved", unsaved));
    }
    Sheet sheet =
        new Sheet(
            "env-apply",
            EnvironmentText.of("apply.title", EnvironmentText.name(stack)),
            parts.toArray(Node[]::new));
    Button cancel = cancel(sheets, sheet, () -> {});
    if (impact.recreated().isEmpty()) {
      cancel.setText(EnvironmentText.of("close"));
      sheets.show(sheet.withButtons(cancel).focusing(cancel));
      return;
    }
    Button confirm = confirm(EnvironmentText.recreate(impact.recreated()));
    confirm.setOnAction(event -> {
      sheets.close(sheet);
      confirmed.run();
    });
    sheets.show(sheet.withButtons(cancel, confirm).withStyle("wide").focusing(cancel));
  }

  private static Label warning(String key, int changes) {
    Label words = Sheet.text(EnvironmentText.of(key, EnvironmentText.changes(changes)));
    words.getStyleClass().add(Look.WARN);
    return words;
  }

  private static Button cancel(Sheets sheets, Sheet sheet, Runnable cancelled) {
    Button cancel = new Button(EnvironmentText.of("cancel"));
    cancel.setId("env-change-cancel");
    cancel.setCancelButton(true);
    cancel.setOnAction(event -> {
      sheets.close(sheet);
      cancelled.run();
    });
    return cancel;
  }

  private static Button confirm(String words) {
    Button confirm = new Button(words);
    confirm.setId("env-change-go");
    // Names have underscores, which are no mnemonics.
    confirm.setMnemonicParsing(false);
    confirm.getStyleClass().add(Styles.ACCENT);
    Sheet.ignoreEnter(confirm);
    return confirm;
  }

  private Node[] content(EnvPreview preview, int noted) {
    VBox lines = new VBox(diff(preview.diff()).toArray(Node[]::new));
    lines.setId("env-diff");
    ScrollPane scroll = new ScrollPane(lines);
    scroll.getStyleClass().add("env-diff-scroll");
    scroll.setFitToWidth(true);
    scroll.setAccessibleText(EnvironmentText.of("change.diff"));
    // By itself it takes the height of texts that are not wrapped yet.
    scroll.prefViewportHeightProperty().bind(lines.heightProperty());
    scroll.setMinHeight(LOWEST);
    List<Node> parts = new ArrayList<>();
    if (noted > 0) {
      parts.add(warning("change.noted", noted));
    }
    parts.add(section(EnvironmentText.of("change.diff"), scroll));
    if (!preview.problems().isEmpty()) {
      parts.add(
          section(
              EnvironmentText.of("change.problems"),
              preview.problems().stream()
                  .limit(MOST_PROBLEMS)
                  .<Node>map(problem -> Sheet.text(EnvironmentText.problem(problem)))
                  .toArray(Node[]::new)));
    }
    parts.add(
        section(
            EnvironmentText.of("change.touches"),
            Sheet.text(EnvWords.save(preview.target()) + "."),
            Sheet.mutedText(
                EnvironmentText.of("change.readers", EnvWords.readers(preview.target().readers()))),
            impact));
    return parts.toArray(Node[]::new);
  }

  private static final int MOST_PROBLEMS = 4;

  /** Tells which services would follow. */
  void tell(EnvImpact told) {
    impact.getStyleClass().remove(Look.MUTED);
    if (told.unknown() == null) {
      impact.setText(EnvironmentText.of("impact.later", EnvWords.apply(told)));
    } else {
      impact.setText(EnvWords.apply(told) + ".");
      impact.getStyleClass().add(Look.WARN);
    }
  }

  /** Tells why that cannot be told. */
  void untold(Problem why) {
    impact.setText(EnvironmentText.of("impact.untold", why.title()));
    impact.getStyleClass().remove(Look.MUTED);
    impact.getStyleClass().add(Look.WARN);
  }

  /** Returns one line for each difference; an addition, a removal and a change look different. */
  static List<Label> diff(List<EnvDifference> differences) {
    return differences.stream().map(ChangeSheet::line).toList();
  }

  private static Label line(EnvDifference difference) {
    Label line = Sheet.text(EnvWords.difference(difference));
    line.getStyleClass().addAll(Look.CODE, "env-diff-line");
    switch (difference.kind()) {
      case ADDED -> line.getStyleClass().add(Look.GOOD);
      case REMOVED -> line.getStyleClass().add(Look.BAD);
      case CHANGED, REWRITTEN, REPEATED, MOVED, OTHER_LINES -> {}
    }
    return line;
  }

  private static Node[] lines(EnvImpact impact) {
    List<Node> lines = new ArrayList<>();
    int number = 1;
    for (String service : impact.recreated()) {
      String key = impact.before().contains(service) ? "impact.dated" : "impact.recreated";
      lines.add(
          Sheet.text(number++ + ". " + EnvironmentText.of(key, EnvironmentText.name(service))));
    }
    if (impact.recreated().isEmpty()) {
      lines.add(Sheet.text(EnvironmentText.of("impact.none")));
    }
    add(lines, "impact.stopped", impact.stopped());
    add(lines, "impact.untouched", impact.untouched());
    return lines.toArray(Node[]::new);
  }

  private static void add(List<Node> lines, String key, List<String> services) {
    if (!services.isEmpty()) {
      lines.add(
          Sheet.mutedText(
              EnvironmentText.of(
                  key, String.join(", ", services.stream().map(EnvironmentText::name).toList()))));
    }
  }

  private static Node section(String heading, Node... lines) {
    Label title = new Label(heading);
    title.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    title.setWrapText(true);
    VBox box = new VBox(title);
    box.getStyleClass().add("env-form");
    box.getChildren().addAll(lines);
    return box;
  }
}
