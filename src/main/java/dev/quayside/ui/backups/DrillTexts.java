package dev.quayside.ui.backups;

import dev.quayside.backup.Proof;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.drill.DrillReceipt;
import dev.quayside.backup.drill.DrilledService;
import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.theme.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Words what drills showed. Nothing is good that was not drilled whole. */
final class DrillTexts {

  private DrillTexts() {}

  /** Says in a line what a drill showed. */
  static String verdict(DrillReceipt receipt) {
    if (receipt.fault() != null) {
      return receipt.fault().title();
    }
    return words(receipt.proof());
  }

  private static String words(Proof proof) {
    if (proof.of() == 0) {
      return BackupsText.of("proof.nothing");
    }
    boolean gaps = proof.proven() == proof.of() && !proof.complete();
    return BackupsText.of(gaps ? "proof.gaps" : "proof.some", proof.proven(), proof.of());
  }

  /** Says of an archive whether and when it was proven. */
  static String proven(ShelvedArchive archive, Instant now) {
    if (archive.fault() != null) {
      return BackupsText.of("proof.fault"); // whatever a drill showed before it was found
    }
    Proof proof = archive.proof();
    return proof == null
        ? BackupsText.of("proof.never")
        : BackupsText.of("proof.when", words(proof), BackupsText.ago(proof.at(), now));
  }

  /**
   * Says why an archive that was drilled is not proven; empty if it is, was never drilled, or has a
   * fault.
   */
  static String reasons(ShelvedArchive archive) {
    Proof proof = archive.proof();
    return proof == null || archive.fault() != null
        ? ""
        : proof.reasons().stream().map(BackupsText::line).collect(Collectors.joining("\n"));
  }

  static TonePill.Tone tone(ShelvedArchive archive) {
    if (archive.fault() != null) {
      return TonePill.Tone.BAD;
    }
    Proof proof = archive.proof();
    if (proof == null) {
      return TonePill.Tone.OFF;
    }
    if (archive.proven()) {
      return TonePill.Tone.GOOD;
    }
    return proof.failed() > 0 ? TonePill.Tone.BAD : TonePill.Tone.WARN;
  }

  private static TonePill.Tone tone(DrillReceipt receipt) {
    if (receipt.proven()) {
      return TonePill.Tone.GOOD;
    }
    return receipt.fault() != null || receipt.count(DrilledService.Verdict.FAILED) > 0
        ? TonePill.Tone.BAD
        : TonePill.Tone.WARN;
  }

  /** Shows what a drill showed of each service. */
  static List<Node> receipt(DrillReceipt receipt, @Nullable Problem problem) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(RestoreTexts.pill(tone(receipt), verdict(receipt), "drill-verdict"));
    nodes.add(
        Sheet.mutedText(
            BackupsText.of(
                "drill.took",
                RelativeAge.exact(receipt.at()),
                Quantities.duration(receipt.took()))));
    if (receipt.fault() != null) {
      nodes.add(new ProblemView(receipt.fault()));
    } else {
      if (!receipt.complete()) {
        nodes.add(Sheet.text(BackupsText.of("drill.incomplete")));
      }
      receipt.services().forEach(one -> nodes.add(service(one)));
      if (problem != null) {
        nodes.add(new ProblemView(problem));
      }
    }
    return nodes;
  }

  private static Node service(DrilledService one) {
    Label name = new Label(BackupsText.line(one.service()));
    name.getStyleClass().add(Look.SECTION_TITLE);
    HBox head = new HBox(name, verdict(one.verdict()));
    head.getStyleClass().add(Look.TOOLS);
    head.setAlignment(Pos.CENTER_LEFT);
    VBox box = new VBox(head);
    box.getStyleClass().add("facts");
    if (!one.reason().isEmpty()) {
      box.getChildren().add(Sheet.text(BackupsText.line(one.reason())));
    }
    one.evidence()
        .forEach(seen -> box.getChildren().add(Sheet.mutedText("• " + BackupsText.line(seen))));
    return box;
  }

  private static TonePill verdict(DrilledService.Verdict verdict) {
    return switch (verdict) {
      case PROVEN -> new TonePill(TonePill.Tone.GOOD, BackupsText.of("drill.proven"));
      case FAILED -> new TonePill(TonePill.Tone.BAD, BackupsText.of("drill.failed"));
      case UNKNOWN -> new TonePill(TonePill.Tone.UNKNOWN, BackupsText.of("drill.unknown"));
    };
  }

  /** Shows an earlier drill in a line. */
  static Node line(DrillReceipt receipt) {
    HBox line =
        new HBox(
            new TonePill(tone(receipt), verdict(receipt)),
            Sheet.mutedText(
                BackupsText.of(
                    "drill.took",
                    RelativeAge.exact(receipt.at()),
                    Quantities.duration(receipt.took()))));
    line.getStyleClass().add(Look.TOOLS);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }
}
