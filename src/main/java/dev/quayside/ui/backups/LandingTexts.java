package dev.quayside.ui.backups;

import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.common.Problem;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.Danger;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Words what a restore over a stack changes, and what it takes to keep it or take it back. */
final class LandingTexts {

  private LandingTexts() {}

  private static List<String> stopped(LandingPlan plan) {
    List<String> all = new ArrayList<>(plan.servers());
    all.addAll(plan.consumers());
    return all;
  }

  /** Names the button after what it does. */
  static String go(LandingPlan plan, String stack) {
    return BackupsText.of("landing.go", stopped(plan).size(), stack);
  }

  /** Says what will be stopped and exchanged; nothing was changed yet. */
  static List<Node> planned(LandingPlan plan, String stack) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(
        RestoreTexts.pill(
            TonePill.Tone.INFO, BackupsText.of("landing.planned"), "restore-planned"));
    nodes.add(Sheet.text(BackupsText.of("landing.planned.text")));
    List<String> stopped = stopped(plan);
    nodes.add(
        list(
            BackupsText.of("landing.stops", stopped.size()),
            stopped.isEmpty() ? List.of(BackupsText.of("landing.stops.none")) : stopped));
    List<String> exchanged = new ArrayList<>();
    plan.folders().forEach(one -> exchanged.add(BackupsText.of("landing.folder", one.live())));
    plan.databases()
        .forEach(
            one -> exchanged.add(BackupsText.of("landing.database", one.service(), one.name())));
    plan.mounts().forEach(one -> exchanged.add(BackupsText.of("landing.mount", one.source())));
    nodes.add(list(BackupsText.of("landing.exchanges"), exchanged));
    if (!plan.leftAlone().isEmpty()) {
      nodes.add(list(BackupsText.of("landing.leaves"), plan.leftAlone()));
    }
    nodes.add(Sheet.mutedText(BackupsText.of("landing.kept", stack)));
    return nodes;
  }

  /** Says why the stack's name has to be typed. */
  static String why(LandingOrder order) {
    return switch (order) {
      case LandingOrder.Dump dump -> BackupsText.of("typed.dump", dump.database(), dump.service());
      case LandingOrder.Parts parts ->
          BackupsText.of(parts.into() ? "typed.other-stack" : "typed.unknown");
    };
  }

  private static Node list(String heading, List<String> lines) {
    Label title = new Label(heading);
    title.getStyleClass().add(Look.SECTION_TITLE);
    VBox box = new VBox(title);
    box.getStyleClass().add("facts");
    lines.forEach(line -> box.getChildren().add(Sheet.text("• " + BackupsText.line(line))));
    return box;
  }

  /** Says what was exchanged, and where the old set is. */
  static List<Node> landed(LandingReceipt receipt, @Nullable Problem problem) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(
        problem == null
            ? RestoreTexts.pill(
                TonePill.Tone.INFO, BackupsText.of("landing.done"), "restore-landed")
            : RestoreTexts.pill(TonePill.Tone.WARN, problem.title(), "restore-landed"));
    nodes.add(Sheet.text(BackupsText.of("landing.done.text", receipt.stack())));
    nodes.add(list(BackupsText.of("landing.kept.where"), kept(receipt)));
    if (!receipt.answers().isEmpty()) {
      nodes.add(list(BackupsText.of("landing.answers"), answers(receipt)));
    } else if (!receipt.services().isEmpty()) {
      nodes.add(list(BackupsText.of("landing.restarted"), receipt.services()));
    }
    receipt
        .changed()
        .forEach(path -> nodes.add(Sheet.mutedText(BackupsText.of("restore.changed", path))));
    if (problem != null) {
      nodes.add(new ProblemView(problem));
    }
    return nodes;
  }

  private static List<String> answers(LandingReceipt receipt) {
    return receipt.answers().stream()
        .map(one -> BackupsText.of("landing.answer", one.service(), one.evidence()))
        .toList();
  }

  private static List<String> kept(LandingReceipt receipt) {
    List<String> lines = new ArrayList<>();
    receipt
        .folders()
        .forEach(one -> lines.add(BackupsText.of("landing.kept.as", one.live(), one.kept())));
    receipt
        .databases()
        .forEach(one ->
            lines.add(
                BackupsText.of("landing.kept.as", one.service() + "/" + one.name(), one.kept())));
    receipt.mounts().forEach(one -> lines.add(BackupsText.of("landing.kept.inside", one)));
    return lines;
  }

  /** Asks before the old set comes back: what was written since is lost for good. */
  static Confirmation undo(LandingReceipt receipt) {
    return new Confirmation(
        BackupsText.of("undo.title", receipt.stack()),
        BackupsText.of("undo.text", receipt.services().size()),
        kept(receipt),
        BackupsText.of("undo.go", receipt.stack()),
        Danger.IRREVERSIBLE,
        receipt.stack());
  }

  /** Asks before the old set is removed for good. */
  static Confirmation accept(LandingReceipt receipt) {
    return new Confirmation(
        BackupsText.of("accept.title", receipt.stack()),
        BackupsText.of("accept.text"),
        kept(receipt),
        BackupsText.of("accept.go"),
        Danger.IRREVERSIBLE,
        receipt.stack());
  }
}
