package dev.quayside.cli;

import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.common.Outcome;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Words and writes what became of a restore over a stack. */
final class LandingDocuments {

  private LandingDocuments() {}

  static ExitCode report(Terminal terminal, Outcome<LandingReceipt> outcome) {
    return terminal.report(
        "landing",
        outcome,
        receipt -> text(terminal, receipt),
        receipt -> document(terminal.json(), receipt));
  }

  private static String text(Terminal terminal, LandingReceipt receipt) {
    List<String> lines = new ArrayList<>();
    switch (receipt.state()) {
      case RESTORED -> {
        lines.add(terminal.text("landing.restored", receipt.archive(), receipt.stack()));
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
    return node;
  }
}
