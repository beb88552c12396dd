package dev.quayside.cli;

import dev.quayside.catalogue.RotationClass;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import dev.quayside.secrets.Rotation;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretFlag;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists and rotates the secrets of a stack. No value is ever taken as an argument or printed. */
@Command(
    name = "secrets",
    resourceBundle = "dev.quayside.cli.help",
    subcommands = {
      SecretsVerb.ListSecrets.class,
      SecretsGenerateVerb.class,
      SecretsVerb.Rotate.class
    })
final class SecretsVerb implements Runnable {

  /**
   * By the order of the columns: what a rotation costs, copies, consumers and the class are
   * shortened; left out are in this order copies, the cost, consumers, age and the class.
   */
  private static final Table.Yielding YIELDING =
      new Table.Yielding(List.of(6, 3, 4, 1), 16, List.of(3, 6, 4, 2, 1));

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), Messages.of("cli").get("usage.missing-verb"));
  }

  /** Lists names, classes, copies, consumers, ages and flags. */
  @Command(name = "list", resourceBundle = "dev.quayside.cli.help")
  static final class ListSecrets extends Verb {

    @Parameters(paramLabel = "STACK", descriptionKey = "secrets.stack")
    private String stack = "";

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
      Stack found = session.stacks().find(engineOf(session), stack);
      List<SecretStatus> secrets = session.secrets().list(found);
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("secrets");
        document.put("stack", found.name());
        ArrayNode array = document.putArray("secrets");
        secrets.forEach(secret -> array.add(SecretsVerb.document(terminal.json(), secret)));
        terminal.print(document);
      } else {
        terminal.say(
            secrets.isEmpty()
                ? terminal.text("secrets.none")
                : table(terminal, secrets, session.clock().instant()));
      }
      return ExitCode.PROVEN;
    }
  }

  /** Rotates secrets, or with {@code --dry-run} shows what that would do. */
  @Command(name = "rotate", resourceBundle = "dev.quayside.cli.help")
  static final class Rotate extends Verb {

    @Parameters(index = "0", paramLabel = "STACK", descriptionKey = "secrets.stack")
    private String stack = "";

    @Parameters(index = "1..*", paramLabel = "NAME", descriptionKey = "secrets.names")
    private List<String> names = new ArrayList<>();

    @Option(names = "--dry-run", descriptionKey = "secrets.dry-run")
    private boolean dryRun;

    @Override
    boolean changes() {
      return !dryRun;
    }

    @Override
    void checkUsage() {
      if (names.isEmpty()) {
        throw usage("secrets.name-missing");
      }
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
      Stack found = session.stacks().find(engineOf(session), stack);
      Rotation rotation = session.rotation();
      Outcome<RotationPlan> planned = rotation.plan(found, names);
      if (dryRun || !(planned instanceof Outcome.Done<RotationPlan> ready)) {
        return terminal.report(
            "rotation-plan",
            planned,
            plan -> text(terminal, plan),
            plan -> SecretsVerb.document(terminal.json(), plan));
      }
      Outcome<RotationReceipt> outcome =
          interruptible().run(progress -> rotation.run(ready.receipt(), progress));
      return terminal.report(
          "rotation",
          outcome,
          receipt -> text(terminal, receipt),
          receipt -> SecretsVerb.document(terminal.json(), receipt));
    }
  }

  private static String table(Terminal terminal, List<SecretStatus> secrets, Instant now) {
    Table table = new Table().row(terminal.text("secrets.columns").split("\\|"));
    for (SecretStatus secret : secrets) {
      table.row(
          ForeignText.line(secret.name(), 40),
          className(terminal, secret.governing()),
          secret.changedAt() == null
              ? "—"
              : Quantities.duration(Duration.between(secret.changedAt(), now)),
          String.join(", ", secret.copies()),
          String.join(", ", secret.consumers()),
          secret.flags().stream()
              .map(flag -> terminal.text("secrets.flag." + Json.word(flag)))
              .collect(Collectors.joining(", ")),
          secret.reason());
    }
    Table.Layout layout = table.within(terminal.width(), YIELDING);
    return layout.whole() ? layout.text() : layout.text() + "\n\n" + terminal.text("table.narrow");
  }

  private static String className(Terminal terminal, RotationClass governing) {
    return terminal.text("secrets.class." + Json.word(governing));
  }

  private static ObjectNode document(Json json, SecretStatus secret) {
    ObjectNode node = json.object();
    node.put("name", secret.name());
    node.put("class", secret.governing().name());
    node.set("classes", json.texts(secret.classes().stream().map(Enum::name).toList()));
    node.set("copies", json.texts(secret.copies()));
    node.set("consumers", json.texts(secret.consumers()));
    node.put("fingerprint", secret.fingerprint().isEmpty() ? null : secret.fingerprint());
    Json.put(node, "changedAt", secret.changedAt());
    ArrayNode flags = node.putArray("flags");
    for (SecretFlag flag : secret.flags()) {
      flags.add(Json.word(flag));
    }
    node.put("rotatable", secret.rotatable());
    node.put("reason", secret.reason());
    return node;
  }

  private static String text(Terminal terminal, RotationPlan plan) {
    List<String> lines = new ArrayList<>();
    plan.secrets()
        .forEach(secret ->
            lines.add(
                terminal.text(
                    "secrets.plan.secret",
                    secret.name(),
                    secret.format(),
                    String.join(", ", secret.consumers()))));
    lines.add(terminal.text("secrets.plan.file", plan.file()));
    plan.diff().forEach(line -> lines.add("    " + line));
    lines.add(terminal.text("secrets.plan.recreated", String.join(", ", plan.recreated())));
    if (!plan.stopped().isEmpty()) {
      lines.add(terminal.text("secrets.plan.stopped", String.join(", ", plan.stopped())));
    }
    lines.addAll(plan.notes());
    return String.join("\n", lines);
  }

  private static ObjectNode document(Json json, RotationPlan plan) {
    ObjectNode node = json.object();
    node.put("stack", plan.stack().name());
    ArrayNode secrets = node.putArray("secrets");
    for (RotationPlan.PlannedSecret secret : plan.secrets()) {
      ObjectNode one = secrets.addObject();
      one.put("name", secret.name());
      one.put("line", secret.line());
      one.put("format", secret.format());
      one.set("consumers", json.texts(secret.consumers()));
      one.put("fingerprint", secret.fingerprint());
    }
    node.put("file", plan.file().toString());
    node.set("diff", json.texts(plan.diff()));
    node.set("recreated", json.texts(plan.recreated()));
    node.set("stopped", json.texts(plan.stopped()));
    node.set("notes", json.texts(plan.notes()));
    return node;
  }

  private static String text(Terminal terminal, RotationReceipt receipt) {
    Table table = new Table().row(terminal.text("secrets.probe.columns").split("\\|"));
    for (RotationReceipt.RotatedSecret secret : receipt.secrets()) {
      secret
          .probes()
          .forEach(probe ->
              table.row(
                  secret.name(),
                  Json.word(probe.credential()),
                  Json.word(probe.verdict()),
                  probe.status() == 0 ? "—" : Integer.toString(probe.status()),
                  ForeignText.line(probe.service() + " " + probe.request(), 50),
                  ForeignText.line(probe.from(), 50)));
    }
    return receipt.stored() == null
        ? table.text()
        : table.text() + "\n" + terminal.text("secrets.receipt", receipt.stored());
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }

  private static ObjectNode document(Json json, RotationReceipt receipt) {
    ObjectNode node = json.object();
    node.put("id", receipt.id());
    node.put("stack", receipt.stack());
    node.put("file", receipt.file().toString());
    Json.put(node, "began", receipt.began());
    node.put("tookSeconds", receipt.took().toMillis() / 1000.0);
    ArrayNode secrets = node.putArray("secrets");
    for (RotationReceipt.RotatedSecret secret : receipt.secrets()) {
      ObjectNode one = secrets.addObject();
      one.put("name", secret.name());
      one.put("oldFingerprint", known(secret.oldFingerprint()));
      one.put("newFingerprint", known(secret.newFingerprint()));
      ArrayNode probes = one.putArray("probes");
      secret
          .probes()
          .forEach(probe -> {
            ObjectNode answer = probes.addObject();
            answer.put("credential", Json.word(probe.credential()));
            answer.put("service", probe.service());
            answer.put("request", probe.request());
            answer.put("from", probe.from());
            answer.put("target", probe.target());
            answer.put("status", probe.status() == 0 ? null : Integer.valueOf(probe.status()));
            answer.put("verdict", Json.word(probe.verdict()));
          });
    }
    node.set("services", LifecycleVerbs.services(json, receipt.services()));
    node.put("journalHead", receipt.journalHead());
    node.put("stored", receipt.stored() == null ? null : receipt.stored().toString());
    return node;
  }
}
