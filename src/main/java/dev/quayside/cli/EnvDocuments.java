package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvImpact;
import dev.quayside.stack.settings.EnvPlan;
import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.stack.settings.EnvView;
import dev.quayside.stack.settings.EnvWords;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what the verbs of environment files have to say, for people and for programs. */
final class EnvDocuments {

  private static final Messages MESSAGES = Messages.of("env");

  private EnvDocuments() {}

  static ObjectNode file(Json json, EnvView view) {
    ObjectNode node = json.object();
    node.put("file", view.target().name());
    node.put("path", view.target().file().toString());
    node.put("role", Json.word(view.target().role()));
    node.set(
        "readers", json.texts(view.target().readers().stream().map(Json::word).sorted().toList()));
    node.put("exists", view.exists());
    node.put("hash", view.hash());
    ArrayNode settings = node.putArray("settings");
    for (EnvView.Setting setting : view.settings()) {
      ObjectNode one = settings.addObject();
      one.put("name", setting.name());
      one.put("line", setting.line());
      one.put("value", setting.secret() ? null : setting.shown());
      one.put("secret", setting.secret());
    }
    problems(node.putArray("problems"), view.problems());
    return node;
  }

  private static void problems(ArrayNode array, List<EnvProblem> problems) {
    for (EnvProblem problem : problems) {
      ObjectNode one = array.addObject();
      one.put("kind", Json.word(problem.kind()));
      one.put("name", problem.name().isEmpty() ? null : problem.name());
      one.put("line", problem.line() == 0 ? null : Integer.valueOf(problem.line()));
      one.put("text", problem.text());
    }
  }

  static ArrayNode differences(Json json, List<EnvDifference> differences) {
    ArrayNode array = json.array();
    for (EnvDifference difference : differences) {
      ObjectNode one = array.addObject();
      one.put("kind", Json.word(difference.kind()));
      one.put("name", difference.name().isEmpty() ? null : difference.name());
      one.put("text", EnvWords.difference(difference));
    }
    return array;
  }

  static ObjectNode plan(Json json, EnvPlan plan, EnvImpact impact) {
    ObjectNode node = json.object();
    node.put("stack", plan.target().stack().name());
    node.put("file", plan.target().name());
    node.set("diff", differences(json, plan.diff()));
    problems(node.putArray("problems"), plan.problems());
    node.set("impact", impact(json, impact));
    return node;
  }

  static ObjectNode impact(Json json, EnvImpact impact) {
    ObjectNode node = json.object();
    node.set("recreated", json.texts(impact.recreated()));
    node.set("outOfDateBefore", json.texts(impact.before()));
    node.set("stopped", json.texts(impact.stopped()));
    node.set("mounting", json.texts(impact.mounting()));
    node.set("untouched", json.texts(impact.untouched()));
    node.set("unknown", impact.unknown() == null ? null : json.problem(impact.unknown()));
    return node;
  }

  static ObjectNode receipt(Json json, EnvReceipt receipt) {
    ObjectNode node = json.object();
    node.put("id", receipt.id());
    node.put("stack", receipt.stack());
    node.put("path", receipt.file().toString());
    node.put("written", receipt.written());
    node.set("diff", differences(json, receipt.diff()));
    node.put("oldHash", receipt.oldHash());
    node.put("newHash", receipt.newHash());
    node.put("inPlace", receipt.inPlace());
    node.put("version", receipt.version().isEmpty() ? null : receipt.version());
    node.put("journalHead", receipt.journalHead());
    return node;
  }

  static ObjectNode version(Json json, EnvVersion version) {
    ObjectNode node = json.object();
    node.put("version", version.id());
    Json.put(node, "at", version.at());
    node.put("reason", version.reason());
    node.put("size", version.size());
    node.put("hash", version.hash().isEmpty() ? null : version.hash());
    node.set("names", json.texts(version.names()));
    node.put("readableByOthers", version.mode().isEmpty() ? null : version.mode());
    return node;
  }

  static String text(EnvPlan plan, EnvImpact impact) {
    List<String> lines = new ArrayList<>(lines(plan.diff()));
    plan.problems().forEach(problem -> lines.add(problem(problem)));
    lines.add(EnvWords.save(plan.target()));
    lines.add(EnvWords.apply(impact));
    return String.join("\n", lines);
  }

  static List<String> lines(List<EnvDifference> differences) {
    return differences.stream().map(EnvWords::difference).toList();
  }

  static String problem(EnvProblem problem) {
    return problem.line() == 0
        ? MESSAGES.get("cli.problem", problem.text())
        : MESSAGES.get("cli.problem.line", Integer.toString(problem.line()), problem.text());
  }

  static String text(EnvReceipt receipt, @Nullable EnvImpact impact) {
    if (!receipt.written()) {
      // The problem says what the file has now; what was wished would read as if it were there.
      return MESSAGES.get("cli.not-saved", receipt.file());
    }
    List<String> lines = new ArrayList<>(lines(receipt.diff()));
    lines.add(saved(receipt));
    if (impact != null) {
      lines.add(EnvWords.apply(impact));
    }
    return String.join("\n", lines);
  }

  private static String saved(EnvReceipt receipt) {
    if (receipt.result() == EnvReceipt.Result.MADE) {
      return MESSAGES.get("cli.saved.new", receipt.file());
    }
    return receipt.version().isEmpty()
        ? MESSAGES.get("cli.saved.no-version", receipt.file())
        : MESSAGES.get("cli.saved", receipt.file(), receipt.version());
  }

  static String text(Terminal terminal, EnvView view) {
    List<String> lines = new ArrayList<>();
    lines.add(
        MESSAGES.get(
            view.exists() ? "cli.file" : "cli.file.missing",
            view.target().name(),
            MESSAGES.get("role." + view.target().role().name())));
    Table table = new Table();
    view.settings()
        .forEach(setting ->
            table.row(
                "  " + setting.line(),
                ForeignText.line(setting.name(), 60),
                ForeignText.line(setting.shown(), 80)));
    if (!view.settings().isEmpty()) {
      lines.add(table.within(terminal.width(), YIELDING).text());
    }
    view.problems().forEach(problem -> lines.add("  ! " + problem(problem)));
    return String.join("\n", lines);
  }

  /** The value is shortened first and never left out. */
  private static final Table.Yielding YIELDING = new Table.Yielding(List.of(2, 1), 12, List.of(0));
}
