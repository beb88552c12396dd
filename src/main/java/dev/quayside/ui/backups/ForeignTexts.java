package dev.quayside.ui.backups;

import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.ForeignReceipt;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Words what a file holds that Quayside did not make, and what nobody can prove of it. */
final class ForeignTexts {

  /** How many of many names are shown; the report has more. */
  private static final int SHOWN = 10;

  private ForeignTexts() {}

  /** Returns what speaks against it for good; null if nothing does. */
  static @Nullable Problem obstacle(ForeignReport report) {
    ForeignReport.Sql sql = report.sql();
    return report.fault() != null ? report.fault() : sql == null ? null : sql.refusal();
  }

  /** Says what is in a file that was read to its end. */
  static List<Node> surveyed(ForeignReport report) {
    List<Node> nodes = new ArrayList<>();
    Problem obstacle = obstacle(report);
    if (obstacle != null) {
      nodes.add(RestoreTexts.pill(TonePill.Tone.BAD, obstacle.title(), "restore-refused"));
      nodes.add(new ProblemView(obstacle));
      return nodes;
    }
    nodes.add(
        RestoreTexts.pill(
            TonePill.Tone.WARN, BackupsText.of("foreign.no-seal"), "restore-no-seal"));
    nodes.add(
        Sheet.text(
            BackupsText.of(
                "foreign.holds",
                ForeignArchives.name(report.kind()),
                Quantities.bytes(report.contentBytes()))));
    nodes.add(unproven(report));
    if (report.kind() == ContentKind.TAR) {
      nodes.add(tops(report));
    }
    ForeignReport.Sql sql = report.sql();
    if (sql != null) {
      nodes.add(
          Sheet.text(BackupsText.of("foreign.sql", sql.statements(), sql.tables(), sql.leftOut())));
    }
    Node lost = lost(report);
    if (lost != null) {
      nodes.add(lost);
    }
    return nodes;
  }

  private static Node unproven(ForeignReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(BackupsText.of("foreign.missing"));
    lines.add(BackupsText.of(report.encrypted() ? "foreign.authentic" : "foreign.plain"));
    if (report.encrypted()) {
      lines.add(RestoreTexts.origin(report.origin()));
    }
    return list(BackupsText.of("foreign.proof"), lines);
  }

  private static Node tops(ForeignReport report) {
    List<String> lines =
        new ArrayList<>(
            some(
                report.tops(),
                top ->
                    top.folder()
                        ? BackupsText.of(
                            "foreign.folder",
                            top.name(),
                            top.entries(),
                            Quantities.bytes(top.bytes()))
                        : BackupsText.of(
                            "foreign.file", top.name(), Quantities.bytes(top.bytes()))));
    return list(BackupsText.of("foreign.inside", report.entries()), lines);
  }

  /** Says what does not come back as it was; null if all does. */
  private static @Nullable Node lost(ForeignReport report) {
    List<String> lines = new ArrayList<>();
    lines.addAll(some(report.outsideLinks(), link -> BackupsText.of("foreign.link", link)));
    lines.addAll(some(report.passedOver(), path -> BackupsText.of("foreign.passed", path)));
    if (report.special() > 0 && !report.origin().known()) {
      lines.add(BackupsText.of("foreign.special", report.special()));
    }
    if (report.extended() > 0) {
      lines.add(BackupsText.of("foreign.extended", report.extended()));
    }
    return lines.isEmpty() ? null : list(BackupsText.of("foreign.lost"), lines);
  }

  private static <T> List<String> some(List<T> all, Function<? super T, String> words) {
    List<String> lines = new ArrayList<>(all.stream().limit(SHOWN).map(words).toList());
    if (all.size() > SHOWN) {
      lines.add(BackupsText.of("foreign.more", all.size() - SHOWN));
    }
    return lines;
  }

  private static Node list(String heading, List<String> lines) {
    Label title = new Label(heading);
    title.getStyleClass().add(Look.SECTION_TITLE);
    VBox box = new VBox(title);
    box.getStyleClass().add("facts");
    lines.forEach(line -> box.getChildren().add(Sheet.text("• " + line)));
    return box;
  }

  /** Says what became of a file that was unpacked. */
  static List<Node> unpacked(ForeignReceipt receipt, @Nullable Problem problem) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(
        problem == null
            ? RestoreTexts.pill(
                TonePill.Tone.GOOD, BackupsText.of("foreign.unpacked"), "restore-unpacked")
            : RestoreTexts.pill(TonePill.Tone.WARN, problem.title(), "restore-unpacked"));
    nodes.add(
        Sheet.text(
            BackupsText.of(
                "restore.done.text",
                receipt.source().entries(),
                Quantities.bytes(receipt.source().contentBytes()),
                Quantities.duration(receipt.took()))));
    Label folder = Sheet.text(receipt.folder().toString());
    folder.getStyleClass().add(Look.CODE);
    nodes.add(folder);
    nodes.add(Sheet.mutedText(BackupsText.of("foreign.missing")));
    if (!receipt.ownersKept()) {
      nodes.add(Sheet.mutedText(BackupsText.of("restore.owners")));
    }
    if (problem != null) {
      nodes.add(new ProblemView(problem));
    }
    return nodes;
  }
}
