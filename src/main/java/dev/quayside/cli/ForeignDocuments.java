package dev.quayside.cli;

import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.ForeignReceipt;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Words and writes what is told of files that other programs made. */
final class ForeignDocuments {

  private ForeignDocuments() {}

  /** Reports what reading to the end showed. */
  static ExitCode report(Terminal terminal, Outcome<ForeignReport> outcome) {
    return terminal.report(
        "foreign",
        outcome,
        report -> text(terminal, report),
        report -> document(terminal.json(), report));
  }

  /** Reports what was unpacked. */
  static ExitCode restored(Terminal terminal, Outcome<ForeignReceipt> outcome) {
    return terminal.report(
        "foreign-restore",
        outcome,
        receipt -> text(terminal, receipt),
        receipt -> document(terminal.json(), receipt));
  }

  private static String text(Terminal terminal, ForeignReport report) {
    if (report.fault() != null) {
      String command = report.fault().command();
      return terminal.text(
              "backup.unsound", report.file(), report.fault().title(), report.fault().happened())
          + "\n"
          + terminal.text("problem.next")
          + " "
          + report.fault().nextStep()
          + (command == null ? "" : "\n    " + command);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.text(
            "foreign.holds",
            report.file(),
            ForeignArchives.name(report.kind()),
            Quantities.bytes(report.contentBytes())));
    lines.add(terminal.text("foreign.no-seal"));
    lines.add(terminal.text(report.encrypted() ? "foreign.authentic" : "foreign.plain"));
    if (report.encrypted()) {
      lines.add(BackupDocuments.origin(terminal, report.origin()));
    }
    if (report.kind() == ContentKind.TAR) {
      Table table = new Table().row(terminal.text("foreign.columns").split("\\|"));
      report
          .tops()
          .forEach(top ->
              table.row(
                  top.name() + (top.folder() ? "/" : ""),
                  Long.toString(top.entries()),
                  Quantities.bytes(top.bytes())));
      lines.add(table.text());
      lines.add(terminal.text("foreign.entries", report.entries()));
    }
    ForeignReport.Sql sql = report.sql();
    if (sql != null) {
      lines.add(terminal.text("foreign.sql", sql.statements(), sql.tables(), sql.leftOut()));
      Problem refusal = sql.refusal();
      if (refusal != null) {
        lines.add(
            terminal.text(
                "foreign.sql.refused", refusal.title(), refusal.happened(), refusal.detail()));
      }
    }
    report.passedOver().forEach(path -> lines.add(terminal.text("backup.skipped", path)));
    report.outsideLinks().forEach(link -> lines.add(terminal.text("foreign.link", link)));
    if (report.extended() > 0) {
      lines.add(terminal.text("foreign.extended", report.extended()));
    }
    return String.join("\n", lines);
  }

  private static String text(Terminal terminal, ForeignReceipt receipt) {
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.text(
            "foreign.restored",
            receipt.folder(),
            receipt.source().entries(),
            Quantities.bytes(receipt.source().contentBytes())));
    lines.add(terminal.text("foreign.no-seal"));
    if (!receipt.ownersKept()) {
      lines.add(terminal.text("backup.owners"));
    }
    receipt.outsideLinks().forEach(link -> lines.add(terminal.text("foreign.link", link)));
    receipt.source().passedOver().forEach(it -> lines.add(terminal.text("backup.skipped", it)));
    return String.join("\n", lines);
  }

  static ObjectNode document(Json json, ForeignReport report) {
    ObjectNode node = json.object();
    node.put("file", report.file().toString());
    node.put("sound", report.sound());
    node.put("bytes", report.bytes());
    node.put("encrypted", report.encrypted());
    node.put("sealed", false);
    node.put("origin", Json.word(report.origin()));
    node.put("kind", Json.word(report.kind()));
    node.set("layers", json.texts(report.layers().stream().map(Json::word).toList()));
    // Of a file with a fault these are not known.
    node.put("entries", report.sound() ? Long.valueOf(report.entries()) : null);
    node.put("contentBytes", report.sound() ? Long.valueOf(report.contentBytes()) : null);
    ArrayNode tops = node.putArray("tops");
    report
        .tops()
        .forEach(top ->
            tops.addObject()
                .put("name", top.name())
                .put("folder", top.folder())
                .put("entries", top.entries())
                .put("bytes", top.bytes()));
    node.put("passed", report.passed());
    node.set("passedOver", json.texts(report.passedOver()));
    node.put("extended", report.extended());
    node.put("outside", report.outside());
    node.set("outsideLinks", json.texts(report.outsideLinks()));
    node.put("special", report.special());
    ForeignReport.Sql sql = report.sql();
    node.set("sql", sql == null ? null : sql(json, sql));
    node.set("fault", report.fault() == null ? null : json.problem(report.fault()));
    node.put("tookSeconds", report.took().toMillis() / 1000.0);
    return node;
  }

  private static ObjectNode sql(Json json, ForeignReport.Sql sql) {
    ObjectNode node = json.object();
    node.put("statements", sql.statements());
    node.put("tables", sql.tables());
    node.put("leftOut", sql.leftOut());
    Problem refusal = sql.refusal();
    node.set("refusal", refusal == null ? null : json.problem(refusal));
    return node;
  }

  private static ObjectNode document(Json json, ForeignReceipt receipt) {
    ObjectNode node = json.object();
    node.put("folder", receipt.folder().toString());
    node.set("source", document(json, receipt.source()));
    node.set("outsideLinks", json.texts(receipt.outsideLinks()));
    node.put("ownersKept", receipt.ownersKept());
    node.put("reduced", receipt.reduced());
    node.put("tookSeconds", receipt.took().toMillis() / 1000.0);
    return node;
  }
}
