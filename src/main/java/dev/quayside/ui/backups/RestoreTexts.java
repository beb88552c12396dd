package dev.quayside.ui.backups;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ManifestState;
import dev.quayside.backup.Origin;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Words what an archive holds and what became of a restore into a folder. */
final class RestoreTexts {

  private RestoreTexts() {}

  static Node pill(TonePill.Tone tone, String word, String id) {
    TonePill pill = new TonePill(tone, word);
    pill.setId(id);
    return pill;
  }

  /** Says what is in an archive by the list beside it, or what its head says, not verified. */
  static List<Node> looked(PreviewReport report) {
    PreviewReport.Listed listed = report.listed();
    if (listed == null) {
      return List.of(
          pill(TonePill.Tone.WARN, BackupsText.of("restore.not-verified"), "restore-not-verified"),
          Sheet.mutedText(
              BackupsText.of("restore.not-verified.text") + manifest(report.manifest())),
          facts(report.plan()));
    }
    String gaps =
        listed.incomplete() + listed.changed() > 0
            ? " " + BackupsText.of("restore.listed.gaps", listed.incomplete(), listed.changed())
            : "";
    return List.of(
        pill(TonePill.Tone.INFO, BackupsText.of("restore.listed"), "restore-listed"),
        Sheet.mutedText(
            BackupsText.of(
                    "restore.listed.text",
                    listed.entries(),
                    Quantities.bytes(listed.contentBytes()))
                + gaps),
        facts(report.plan()));
  }

  private static String manifest(ManifestState state) {
    return switch (state) {
      case NONE, AUTHENTIC -> "";
      case OTHER_ARCHIVE -> " " + BackupsText.of("manifest.other");
      case DAMAGED -> " " + BackupsText.of("manifest.damaged");
      case UNSIGNED -> " " + BackupsText.of("manifest.unsigned");
      case CLOSED -> " " + BackupsText.of("manifest.closed");
    };
  }

  static List<Node> verified(VerificationReport report, ArchivePlan plan) {
    return List.of(
        pill(TonePill.Tone.GOOD, BackupsText.of("restore.verified"), "restore-verified"),
        Sheet.text(
            BackupsText.of(
                "restore.verified.text",
                report.entries(),
                Quantities.bytes(report.contentBytes()))),
        Sheet.mutedText(origin(report.origin())),
        facts(plan));
  }

  private static Node facts(ArchivePlan plan) {
    VBox box = new VBox();
    box.getStyleClass().add("facts");
    box.getChildren()
        .add(
            Sheet.text(
                BackupsText.of(
                    "restore.made",
                    plan.stack(),
                    RelativeAge.exact(plan.created()),
                    plan.madeBy())));
    for (ArchivePlan.Part part : plan.parts()) {
      box.getChildren().add(Sheet.text("• " + part(part)));
    }
    for (var left : plan.leftOut()) {
      box.getChildren()
          .add(Sheet.mutedText(BackupsText.of("restore.left-out", left.what(), left.reason())));
    }
    return box;
  }

  /** Names a part and its size, as far as that was known before it was saved. */
  static String part(ArchivePlan.Part part) {
    String size = Quantities.bytes(part.bytes());
    return switch (part.kind()) {
      case FOLDER, LAYER -> BackupsText.of("part.folder", part.source(), size, part.entries());
      case FILE -> BackupsText.of("part.file", part.source(), size);
      case VOLUME -> BackupsText.of("part.volume", part.source(), size, part.entries());
      case POSTGRES_DUMP, MONGO_DUMP, SQLITE, REDIS_DUMP ->
          BackupsText.of("part.database", part.source(), size);
      case POSTGRES_GLOBALS -> BackupsText.of("part.globals", part.source());
    };
  }

  static String origin(Origin origin) {
    return switch (origin) {
      case PASSPHRASE_HOLDER -> BackupsText.of("origin.passphrase");
      case SIGNED_BY_US -> BackupsText.of("origin.ours");
      case SIGNED_BY_KNOWN -> BackupsText.of("origin.known");
      case UNKNOWN -> BackupsText.of("origin.unknown");
    };
  }

  static List<Node> restored(RestoreReceipt receipt, @Nullable Problem problem) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(
        problem == null
            ? pill(TonePill.Tone.GOOD, BackupsText.of("restore.done"), "restore-done")
            : pill(TonePill.Tone.WARN, problem.title(), "restore-done"));
    nodes.add(
        Sheet.text(
            BackupsText.of(
                "restore.done.text",
                receipt.entries(),
                Quantities.bytes(receipt.contentBytes()),
                Quantities.duration(receipt.took()))));
    Label folder = Sheet.text(receipt.folder().toString());
    folder.getStyleClass().add(Look.CODE);
    nodes.add(folder);
    if (!receipt.ownersKept()) {
      nodes.add(Sheet.mutedText(BackupsText.of("restore.owners")));
    }
    if (!receipt.outsideLinks().isEmpty()) {
      nodes.add(
          Sheet.mutedText(
              BackupsText.of("restore.links", String.join(", ", receipt.outsideLinks()))));
    }
    receipt
        .unread()
        .forEach(one ->
            nodes.add(Sheet.mutedText(BackupsText.of("restore.unread", one.path(), one.reason()))));
    receipt
        .changed()
        .forEach(path -> nodes.add(Sheet.mutedText(BackupsText.of("restore.changed", path))));
    if (problem != null) {
      nodes.add(new ProblemView(problem));
    }
    return nodes;
  }
}
