package dev.quayside.cli;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.CopyReceipt;
import dev.quayside.backup.schedule.Retention;
import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleReceipt;
import dev.quayside.backup.schedule.ScheduleRun;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Quantities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Words plans and their runs, for people and for programs. */
final class ScheduleDocuments {

  private static final int LONGEST = 400;

  private ScheduleDocuments() {}

  static String text(Terminal terminal, ScheduleStatus status) {
    SchedulePlan plan = status.plan();
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.text(
            "schedule.plan",
            ForeignText.line(plan.stack(), LONGEST),
            plan.when(),
            plan.target().folder()));
    SchedulePlan.Target second = plan.second();
    if (second != null) {
      lines.add(terminal.text("schedule.plan.second", second.folder()));
    }
    Retention keep = plan.keep();
    if (!keep.keepsAll()) {
      lines.add(
          terminal.text(
              "schedule.plan.keep", keep.last(), keep.daily(), keep.weekly(), keep.monthly()));
    }
    lines.add(
        switch (plan.timer()) {
          case SYSTEMD -> terminal.text("schedule.timer.systemd", lingering(terminal, status));
          case BUILT_IN -> terminal.text("schedule.timer.built-in");
        });
    lines.add(
        status.next() == null
            ? terminal.text("schedule.never")
            : terminal.text("schedule.next", terminal.time(status.next())));
    lines.add(last(terminal, status.last()));
    if (status.missed() != null) {
      lines.add(terminal.text("schedule.missed", terminal.time(status.missed())));
    }
    status.warnings().forEach(warning -> lines.add(terminal.text("schedule.warning", warning)));
    return String.join("\n", lines);
  }

  private static String lingering(Terminal terminal, ScheduleStatus status) {
    Boolean lingers = status.lingers();
    if (lingers == null) {
      return terminal.text("schedule.lingers.unknown");
    }
    return terminal.text(lingers ? "schedule.lingers.yes" : "schedule.lingers.no");
  }

  private static String last(Terminal terminal, @Nullable ScheduleRun run) {
    if (run == null) {
      return terminal.text("schedule.last.never");
    }
    ScheduleRun.Result result = run.result();
    String started = terminal.time(run.started());
    if (result == null) {
      return terminal.text("schedule.last.open", started);
    }
    String title = run.title() == null ? "" : run.title();
    return switch (result) {
      case DONE -> terminal.text("schedule.last.done", started);
      case ATTENTION -> terminal.text("schedule.last.attention", started, title);
      case FAILED, REFUSED -> terminal.text("schedule.last.failed", started, title);
    };
  }

  static ObjectNode status(Json json, ScheduleStatus status) {
    SchedulePlan plan = status.plan();
    ObjectNode node = json.object();
    node.put("stack", plan.stack());
    node.put("when", plan.when().expression());
    node.put("target", plan.target().folder().toString());
    node.put("targetPresent", plan.target().present());
    SchedulePlan.Target second = plan.second();
    node.put("second", second == null ? null : second.folder().toString());
    node.put("secondPresent", second == null ? null : (Boolean) second.present());
    node.put("recipients", plan.recipients().size());
    node.set("folders", json.texts(plan.folders().stream().map(Path::toString).toList()));
    node.put("compression", Json.word(plan.compression()));
    node.putObject("keep")
        .put("last", plan.keep().last())
        .put("daily", plan.keep().daily())
        .put("weekly", plan.keep().weekly())
        .put("monthly", plan.keep().monthly());
    node.put("mayStop", plan.mayStop());
    node.put("timer", Json.word(plan.timer()));
    node.put("lingers", status.lingers());
    Json.put(node, "next", status.next());
    Json.put(node, "missed", status.missed());
    ScheduleRun last = status.last();
    node.set("last", last == null ? null : run(json, last));
    node.set("warnings", json.texts(status.warnings()));
    return node;
  }

  private static ObjectNode run(Json json, ScheduleRun run) {
    ObjectNode node = json.object();
    Json.put(node, "started", run.started());
    Json.put(node, "ended", run.ended());
    ScheduleRun.Result result = run.result();
    node.put("result", result == null ? null : Json.word(result));
    node.put("problem", run.problem());
    node.put("title", run.title());
    node.put("archive", run.archive());
    node.put("copy", run.copy());
    node.put("removed", run.removed());
    return node;
  }

  static String text(Terminal terminal, ScheduleReceipt receipt) {
    List<String> lines = new ArrayList<>();
    BackupReceipt backup = receipt.backup();
    if (backup != null) {
      lines.add(
          terminal.text(
              "backup.made",
              backup.archive(),
              Quantities.bytes(backup.bytes()),
              Long.toString(backup.entries()),
              Quantities.bytes(backup.contentBytes())));
    }
    CopyReceipt copy = receipt.copy();
    if (copy != null) {
      lines.add(terminal.text("schedule.copied", copy.copy()));
    }
    receipt.removed().forEach(path -> lines.add(terminal.text("schedule.removed", path)));
    return String.join("\n", lines);
  }

  static ObjectNode receipt(Json json, ScheduleReceipt receipt) {
    ObjectNode node = json.object();
    node.put("stack", receipt.stack());
    BackupReceipt backup = receipt.backup();
    node.put("archive", backup == null ? null : backup.archive().toString());
    node.put("complete", backup == null ? null : (Boolean) backup.complete());
    CopyReceipt copy = receipt.copy();
    node.put("copy", copy == null ? null : copy.copy().toString());
    node.put("sha256", copy == null ? null : copy.sha256());
    node.set("removed", json.texts(receipt.removed().stream().map(Path::toString).toList()));
    return node;
  }
}
