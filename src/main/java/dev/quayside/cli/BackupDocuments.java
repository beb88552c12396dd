package dev.quayside.cli;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.Origin;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Words and writes what several verbs on archives share. */
final class BackupDocuments {

  private BackupDocuments() {}

  static ArrayNode unread(Json json, List<BackupReceipt.Unread> unread) {
    ArrayNode array = json.array();
    for (BackupReceipt.Unread one : unread) {
      array.addObject().put("path", one.path()).put("reason", one.reason());
    }
    return array;
  }

  /** A plan is written before anything is read, so the size of a dump may not be known in it. */
  static OptionalLong foretold(ArchivePlan.Part part) {
    return part.kind().dumped() && part.bytes() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(part.bytes());
  }

  static ObjectNode plan(Json json, ArchivePlan plan) {
    ObjectNode node = json.object();
    node.put("format", plan.format());
    node.put("id", plan.id());
    Json.put(node, "created", plan.created());
    node.put("madeBy", plan.madeBy());
    node.put("stack", plan.stack());
    node.put("kind", plan.kind());
    ArrayNode parts = node.putArray("parts");
    for (ArchivePlan.Part part : plan.parts()) {
      ObjectNode one = parts.addObject();
      one.put("path", part.path());
      one.put("kind", Json.word(part.kind()));
      one.put("source", part.source());
      Json.put(one, "bytes", foretold(part));
      one.put("entries", part.entries());
      one.put("service", part.service());
      one.put("consistency", Json.word(part.consistency()));
    }
    node.set("leftOut", leftOut(json, plan.leftOut()));
    return node;
  }

  /** Lists what a set knowingly does not hold. */
  static ArrayNode leftOut(Json json, List<BackupScope.LeftOut> leftOut) {
    ArrayNode array = json.array();
    leftOut.forEach(one -> array.addObject().put("what", one.what()).put("reason", one.reason()));
    return array;
  }

  /** Says in a line each what a set knowingly does not hold. */
  static List<String> leftOut(Terminal terminal, List<BackupScope.LeftOut> leftOut) {
    return leftOut.stream()
        .map(one -> terminal.text("backup.left-out", one.what(), one.reason()))
        .toList();
  }

  /** Says who can have made an archive. */
  static String origin(Terminal terminal, Origin origin) {
    return switch (origin) {
      case PASSPHRASE_HOLDER -> terminal.text("backup.origin.passphrase");
      case SIGNED_BY_US -> terminal.text("backup.origin.ours");
      case SIGNED_BY_KNOWN -> terminal.text("backup.origin.known");
      case UNKNOWN -> terminal.text("backup.origin.unknown");
    };
  }
}
