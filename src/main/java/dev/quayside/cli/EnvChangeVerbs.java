package dev.quayside.cli;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.SecretText;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.Stack;
import dev.quayside.stack.settings.EnvChange;
import dev.quayside.stack.settings.EnvEditing;
import dev.quayside.stack.settings.EnvImpact;
import dev.quayside.stack.settings.EnvPlan;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvWords;
import dev.quayside.stack.settings.StackSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** The verbs that change environment files, and the one that makes the containers follow. */
final class EnvChangeVerbs {

  private static final Messages MESSAGES = Messages.of("env");

  private EnvChangeVerbs() {}

  /** Plans, shows, and unless it is only looked, saves. */
  abstract static class Change extends Verb {

    @Parameters(index = "0", paramLabel = "STACK", descriptionKey = "env.stack")
    private String stack = "";

    @Option(names = "--dry-run", descriptionKey = "env.dry-run")
    private boolean dryRun;

    /** Makes the plan; the caller closes it. */
    abstract Outcome<EnvPlan> plan(StackSettings settings, Stack found) throws ProblemException;

    @Override
    final boolean changes() {
      return !dryRun;
    }

    @Override
    final ExitCode run(Session session, Terminal terminal)
        throws ProblemException, EngineUnreachable {
      Stack found = session.stacks().find(engineOf(session), stack);
      StackSettings settings = session.settings();
      Outcome<EnvPlan> planned = plan(settings, found);
      if (!(planned instanceof Outcome.Done<EnvPlan> done)) {
        return terminal.report(
            "env-plan",
            planned,
            plan -> "",
            plan -> EnvDocuments.plan(terminal.json(), plan, settings.impacts().of(plan)));
      }
      try (EnvPlan plan = done.receipt()) {
        if (!dryRun && plan.diff().isEmpty()) {
          // It is as it should be already, so that a script may say so twice.
          return terminal.report(
              "env-plan",
              planned,
              shown -> MESSAGES.get("cli.unchanged", shown.target().name()),
              shown -> EnvDocuments.plan(terminal.json(), shown, settings.impacts().of(shown)));
        }
        EnvImpact impact = settings.impacts().of(plan);
        if (dryRun) {
          return terminal.report(
              "env-plan",
              planned,
              shown -> EnvDocuments.text(shown, impact),
              shown -> EnvDocuments.plan(terminal.json(), shown, impact));
        }
        return terminal.report(
            "env-saved",
            settings.editing().save(plan),
            receipt -> EnvDocuments.text(receipt, impact),
            receipt -> saved(terminal.json(), receipt, impact));
      }
    }

    private static ObjectNode saved(Json json, EnvReceipt receipt, EnvImpact impact) {
      ObjectNode node = EnvDocuments.receipt(json, receipt);
      node.set("impact", EnvDocuments.impact(json, impact));
      return node;
    }
  }

  /** Gives a setting a value. */
  @Command(name = "set", resourceBundle = "dev.quayside.cli.help")
  static final class Set extends Change {

    @Parameters(index = "1", paramLabel = "NAME[=VALUE]", descriptionKey = "env.set.name")
    private String setting = "";

    @Option(names = "--file", paramLabel = "F", descriptionKey = "env.file")
    private @Nullable String file;

    @Option(names = "--value-file", paramLabel = "F", descriptionKey = "env.value-file")
    private @Nullable Path valueFile;

    private int sign() {
      return setting.indexOf('=');
    }

    private String name() {
      return sign() < 0 ? setting : setting.substring(0, sign());
    }

    @Override
    void checkUsage() {
      if (sign() < 0) {
        return;
      }
      if (valueFile != null) {
        throw envUsage("cli.usage.two-values");
      }
      // By the general rule of names; what only a kind of stack knows is asked for later.
      String value = setting.substring(sign() + 1);
      if (Catalogue.load().looksSecret(name()) || !SecretText.mask(value).equals(value)) {
        throw envUsage("cli.usage.secret-argument", ForeignText.line(name(), 80));
      }
    }

    @Override
    Outcome<EnvPlan> plan(StackSettings settings, Stack found) throws ProblemException {
      EnvTarget target = settings.files().find(found, file);
      if (sign() >= 0 && settings.editing().secret(target, name())) {
        throw envUsage("cli.usage.secret-argument", ForeignText.line(name(), 80));
      }
      try (Secret value =
          sign() < 0
              ? new TerminalValue(System.in).read(valueFile, name())
              : Secret.owning(setting.substring(sign() + 1).toCharArray())) {
        return settings.editing().plan(target, null, List.of(new EnvChange.Put(name(), value)));
      }
    }
  }

  /** Takes a setting out, or all of its lines but the last. */
  @Command(name = "unset", resourceBundle = "dev.quayside.cli.help")
  static final class Unset extends Change {

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "NAME",
        descriptionKey = "env.unset.names")
    private List<String> names = new ArrayList<>();

    @Option(names = "--duplicates", descriptionKey = "env.unset.duplicates")
    private boolean duplicates;

    @Option(names = "--file", paramLabel = "F", descriptionKey = "env.file")
    private @Nullable String file;

    @Override
    Outcome<EnvPlan> plan(StackSettings settings, Stack found) throws ProblemException {
      List<EnvChange> changes = new ArrayList<>();
      for (String name : names) {
        changes.add(duplicates ? new EnvChange.KeepLast(name) : new EnvChange.Remove(name));
      }
      return settings.editing().plan(settings.files().find(found, file), null, changes);
    }
  }

  /** Gives the active file the content of a set. */
  @Command(name = "switch", resourceBundle = "dev.quayside.cli.help")
  static final class Switch extends Change {

    @Parameters(index = "1", paramLabel = "SET", descriptionKey = "env.switch.set")
    private String set = "";

    @Override
    Outcome<EnvPlan> plan(StackSettings settings, Stack found) {
      return settings.sets().planSwitch(found, set);
    }
  }

  /** Gives a file the content of an older version. */
  @Command(name = "restore", resourceBundle = "dev.quayside.cli.help")
  static final class Restore extends Change {

    @Parameters(index = "1", paramLabel = "VERSION", descriptionKey = "env.version")
    private String version = "";

    @Option(names = "--file", paramLabel = "F", descriptionKey = "env.file")
    private @Nullable String file;

    @Override
    Outcome<EnvPlan> plan(StackSettings settings, Stack found) throws ProblemException {
      EnvTarget target = settings.files().find(found, file);
      EnvEditing editing = settings.editing();
      return editing.planRestore(target, editing.version(target, version));
    }
  }

  /** Makes anew exactly the containers that are out of date with the files. */
  @Command(name = "apply", resourceBundle = "dev.quayside.cli.help")
  static final class Apply extends Verb {

    @Parameters(paramLabel = "STACK", descriptionKey = "env.stack")
    private String stack = "";

    @Option(names = "--dry-run", descriptionKey = "env.apply.dry-run")
    private boolean dryRun;

    @Override
    boolean changes() {
      return !dryRun;
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
      Stack found = session.stacks().find(engineOf(session), stack);
      StackSettings settings = session.settings();
      if (dryRun) {
        EnvImpact impact = settings.applying().plan(found);
        Problem unknown = impact.unknown();
        return terminal.report(
            "env-impact",
            unknown == null ? new Outcome.Done<>(impact) : new Outcome.Failed<EnvImpact>(unknown),
            EnvWords::apply,
            told -> EnvDocuments.impact(terminal.json(), told));
      }
      Outcome<LifecycleReceipt> outcome =
          interruptible().run(progress -> settings.applying().apply(found, progress));
      return terminal.report(
          "lifecycle",
          outcome,
          receipt ->
              receipt.services().isEmpty()
                  ? MESSAGES.get("cli.apply.none")
                  : LifecycleVerbs.text(terminal, receipt),
          receipt -> LifecycleVerbs.document(terminal.json(), receipt));
    }
  }
}
