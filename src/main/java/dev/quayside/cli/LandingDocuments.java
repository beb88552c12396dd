package dev.quayside.cli;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.common.Outcome;
import dev.quayside.common.Quantities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Words and writes what became of a restore over a stack. */
final class LandingDocuments {

  private LandingDocuments() {}

  static ExitCode report(Terminal terminal, Outcome<LandingReceipt> outcome) {
    return report(terminal, outcome, "landing.restored");
  }

  /** Reports on a dump that has no seal, so that nothing was compared with it. */
  static ExitCode reportForeign(Terminal terminal, Outcome<LandingReceipt> outcome) {
    return report(terminal, outcome, "landing.restored.foreign");
  }

  private static ExitCode report(
      Terminal terminal, Outcome<LandingReceipt> outcome, String restored) {
    return terminal.report(
        "landing",
        outcome,
        receipt -> text(terminal, receipt, restored),
        receipt -> document(terminal.json(), receipt));
  }

  static ExitCode reportPlan(Terminal terminal, Outcome<LandingPlan> outcome) {
    return terminal.report(
        "landing-plan",
        outcome,
        plan -> text(terminal, plan),
        plan -> document(terminal.json(), plan));
  }

  private static String text(Terminal terminal, LandingPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(terminal.text("landing.plan"));
    plan.folders().forEach(one -> lines.add(terminal.text("landing.plan.folder", one.live())));
    plan.databases()
        .forEach(
            one -> lines.add(terminal.text("landing.plan.database", one.service(), one.name())));
    plan.mounts().forEach(one -> lines.add(terminal.text("landing.plan.mount", one.source())));
    stopped(plan).forEach(one -> lines.add(terminal.text("landing.plan.stops", one)));
    leftAlone(plan)
        .forEach((part, why) ->
            lines.add(terminal.text("landing.plan.leaves", part, terminal.text(key(why)))));
    lines.add(terminal.text("landing.plan.room", Quantities.bytes(plan.bytes())));
    return String.join("\n", lines);
  }

  private static List<String> stopped(LandingPlan plan) {
    List<String> stopped = new ArrayList<>(plan.servers());
    stopped.addAll(plan.consumers());
    return stopped;
  }

  /** Says why a part stays: it was not among the chosen ones, or it tells how the stack runs. */
  private enum Why {
    TODAY,
    NOT_CHOSEN
  }

  private static String key(Why why) {
    return switch (why) {
      case TODAY -> "landing.plan.today";
      case NOT_CHOSEN -> "landing.plan.not-chosen";
    };
  }

  private static Map<String, Why> leftAlone(LandingPlan plan) {
    Map<String, Why> left = new LinkedHashMap<>();
    for (ArchivePlan.Part part : plan.archive().parts()) {
      if (plan.leftAlone().contains(part.path())) {
        boolean today =
            part.kind() == ArchivePlan.PartKind.FILE
                || part.kind() == ArchivePlan.PartKind.POSTGRES_GLOBALS;
        left.put(part.path(), today ? Why.TODAY : Why.NOT_CHOSEN);
      }
    }
    return left;
  }

  private static ObjectNode document(Json json, LandingPlan plan) {
    ObjectNode node = json.object();
    ArrayNode folders = node.putArray("folders");
    plan.folders()
        .forEach(
            one -> folders.addObject().put("part", one.part()).put("live", one.live().toString()));
    ArrayNode databases = node.putArray("databases");
    plan.databases()
        .forEach(one ->
            databases
                .addObject()
                .put("part", one.part())
                .put("service", one.service())
                .put("name", one.name()));
    ArrayNode mounts = node.putArray("mounts");
    plan.mounts()
        .forEach(one -> mounts.addObject().put("part", one.part()).put("source", one.source()));
    node.set("stopped", json.texts(stopped(plan)));
    ArrayNode left = node.putArray("leftAlone");
    leftAlone(plan)
        .forEach((part, why) -> left.addObject().put("part", part).put("reason", Json.word(why)));
    node.put("bytes", plan.bytes());
    return node;
  }

  private static String text(Terminal terminal, LandingReceipt receipt, String restored) {
    List<String> lines = new ArrayList<>();
    switch (receipt.state()) {
      case RESTORED -> {
        lines.add(terminal.text(restored, receipt.archive(), receipt.stack()));
        receipt
            .folders()
            .forEach(one -> lines.add(terminal.text("landing.kept", one.live(), one.kept())));
        receipt
            .databases()
            .forEach(one ->
                lines.add(
                    terminal.text("landing.kept", one.service() + "/" + one.name(), one.kept())));
        receipt.mounts().forEach(one -> lines.add(terminal.text("landing.kept.inside", one)));
        lines.add(terminal.text("landing.next", receipt.stack()));
      }
      case UNDONE -> lines.add(terminal.text("landing.undone", receipt.stack()));
      case ACCEPTED -> lines.add(terminal.text("landing.accepted", receipt.stack()));
    }
    receipt
        .answers()
        .forEach(one -> lines.add(terminal.text("landing.answer", one.service(), one.evidence())));
    receipt.changed().forEach(path -> lines.add(terminal.text("backup.changed", path)));
    return String.join("\n", lines);
  }

  private static ObjectNode document(Json json, LandingReceipt receipt) {
    ObjectNode node = json.object();
    node.put("state", Json.word(receipt.state()));
    node.put("stack", receipt.stack());
    node.put("archive", receipt.archive().toString());
    Json.put(node, "begun", receipt.begun());
    ArrayNode folders = node.putArray("folders");
    receipt
        .folders()
        .forEach(one ->
            folders
                .addObject()
                .put("live", one.live().toString())
                .put("kept", one.kept().toString()));
    ArrayNode databases = node.putArray("databases");
    receipt
        .databases()
        .forEach(one ->
            databases
                .addObject()
                .put("service", one.service())
                .put("name", one.name())
                .put("kept", one.kept()));
    node.set("mounts", json.texts(receipt.mounts()));
    node.set("services", json.texts(receipt.services()));
    node.set("changed", json.texts(receipt.changed()));
    ArrayNode answers = node.putArray("answers");
    receipt
        .answers()
        .forEach(one ->
            answers
                .addObject()
                .put("service", one.service())
                .put("kind", Json.word(one.kind()))
                .put("evidence", one.evidence()));
    return node;
  }
}
