package dev.quayside.cli;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.stack.Stack;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvEditing;
import dev.quayside.stack.settings.EnvFiles;
import dev.quayside.stack.settings.EnvHistory;
import dev.quayside.stack.settings.EnvSets;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.stack.settings.EnvView;
import dev.quayside.stack.settings.StackSettings;
import java.nio.file.Path;
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

/** Shows and changes the environment files of a stack. Values of secrets are never printed. */
@Command(
    name = "env",
    resourceBundle = "dev.quayside.cli.help",
    subcommands = {
      EnvVerb.ListFiles.class,
      EnvChangeVerbs.Set.class,
      EnvChangeVerbs.Unset.class,
      EnvChangeVerbs.Switch.class,
      EnvVerb.History.class,
      EnvVerb.Diff.class,
      EnvChangeVerbs.Restore.class,
      EnvChangeVerbs.Apply.class
    })
final class EnvVerb implements Runnable {

  private static final Messages MESSAGES = Messages.of("env");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), Messages.of("cli").get("usage.missing-verb"));
  }

  /** Lists the files with their settings and problems, and the sets. */
  @Command(name = "list", resourceBundle = "dev.quayside.cli.help")
  static final class ListFiles extends Verb {

    @Parameters(paramLabel = "STACK", descriptionKey = "env.stack")
    private String stack = "";

    @Option(names = "--file", paramLabel = "F", descriptionKey = "env.list.file")
    private @Nullable String file;

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
      Stack found = session.stacks().find(engineOf(session), stack);
      StackSettings settings = session.settings();
      EnvFiles.Found looked = settings.files().look(found);
      Problem unlisted = looked.unlisted();
      List<EnvTarget> targets = file == null ? looked.all() : List.of(EnvFiles.find(looked, file));
      List<EnvView> views = new ArrayList<>();
      for (EnvTarget target : targets) {
        views.add(settings.editing().view(target));
      }
      List<EnvSets.EnvSet> sets = file == null ? setsOf(settings, looked) : List.of();
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("env");
        document.put("stack", found.name());
        ArrayNode files = document.putArray("files");
        views.forEach(view -> files.add(EnvDocuments.file(terminal.json(), view)));
        ArrayNode array = document.putArray("sets");
        sets.forEach(set -> array.add(document(terminal.json(), set)));
        document.set("unlisted", unlisted == null ? null : terminal.json().problem(unlisted));
        terminal.print(document);
      } else {
        terminal.say(
            views.stream()
                .map(view -> EnvDocuments.text(terminal, view))
                .collect(Collectors.joining("\n\n")));
        if (!sets.isEmpty()) {
          terminal.say("\n" + text(sets));
        }
        if (unlisted != null) {
          terminal.note(MESSAGES.get("unlisted", unlisted.title(), unlisted.happened()));
        }
      }
      return ExitCode.PROVEN;
    }

    /** A stack of which no one active file is known has no sets to switch to. */
    private static List<EnvSets.EnvSet> setsOf(StackSettings settings, EnvFiles.Found found)
        throws ProblemException {
      try {
        return settings.sets().list(found);
      } catch (ProblemException severalFiles) {
        if (severalFiles.problem().code().equals("ENV-WHICH-FILE")) {
          return List.of();
        }
        throw severalFiles;
      }
    }

    private static ObjectNode document(Json json, EnvSets.EnvSet set) {
      ObjectNode node = json.object();
      node.put("name", set.name());
      node.put("file", set.target().name());
      node.put("active", set.active());
      node.put("differences", set.differences());
      return node;
    }

    private static String text(List<EnvSets.EnvSet> sets) {
      List<String> lines = new ArrayList<>();
      EnvSets.EnvSet nearest = sets.getFirst();
      lines.add(
          nearest.active()
              ? MESSAGES.get("cli.set.active", nearest.name())
              : MESSAGES.get(
                  "cli.set.none", nearest.name(), Integer.toString(nearest.differences())));
      for (EnvSets.EnvSet set : sets) {
        lines.add(MESSAGES.get("cli.set", set.name(), Integer.toString(set.differences())));
      }
      return String.join("\n", lines);
    }
  }

  /** Lists the older versions of a file. */
  @Command(name = "history", resourceBundle = "dev.quayside.cli.help")
  static final class History extends Verb {

    @Parameters(paramLabel = "STACK", descriptionKey = "env.stack")
    private String stack = "";

    @Option(names = "--file", paramLabel = "F", descriptionKey = "env.file")
    private @Nullable String file;

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
      Stack found = session.stacks().find(engineOf(session), stack);
      EnvTarget target = session.settings().files().find(found, file);
      EnvHistory.Found looked = session.settings().editing().versions(target);
      List<EnvVersion> versions = looked.versions();
      List<String> unread = looked.unread().stream().map(Path::toString).toList();
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("env-history");
        document.put("stack", found.name());
        document.put("file", target.name());
        ArrayNode array = document.putArray("versions");
        versions.forEach(version -> array.add(EnvDocuments.version(terminal.json(), version)));
        document.set("unread", terminal.json().texts(unread));
        terminal.print(document);
      } else if (versions.isEmpty()) {
        terminal.say(MESSAGES.get("cli.history.none"));
      } else {
        Table table = new Table().row(MESSAGES.get("cli.history.columns").split("\\|"));
        for (EnvVersion version : versions) {
          table.row(
              version.id(),
              terminal.time(version.at()),
              MESSAGES.get("reason." + version.reason()),
              version.mode().isEmpty()
                  ? String.join(", ", version.names())
                  : MESSAGES.get("cli.history.open", version.mode()));
        }
        terminal.say(table.text());
      }
      if (!terminal.forPrograms() && !unread.isEmpty()) {
        terminal.note(MESSAGES.get("cli.history.unread", String.join(", ", unread)));
      }
      return ExitCode.PROVEN;
    }
  }

  /** Shows what differs between two versions, or between one and the file as it is. */
  @Command(name = "diff", resourceBundle = "dev.quayside.cli.help")
  static final class Diff extends Verb {

    @Parameters(index = "0", paramLabel = "STACK", descriptionKey = "env.stack")
    private String stack = "";

    @Parameters(index = "1", paramLabel = "VERSION", descriptionKey = "env.version")
    private String version = "";

    @Parameters(
        index = "2",
        arity = "0..1",
        paramLabel = "VERSION",
        descriptionKey = "env.version.newer")
    private @Nullable String newer;

    @Option(names = "--file", paramLabel = "F", descriptionKey = "env.file")
    private @Nullable String file;

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
      Stack found = session.stacks().find(engineOf(session), stack);
      EnvTarget target = session.settings().files().find(found, file);
      EnvEditing editing = session.settings().editing();
      EnvVersion older = editing.version(target, version);
      EnvVersion other = newer == null ? null : editing.version(target, newer);
      List<EnvDifference> differences = editing.diff(target, older, other);
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("env-diff");
        document.put("stack", found.name());
        document.put("file", target.name());
        document.put("older", older.id());
        document.put("newer", other == null ? null : other.id());
        document.set("diff", EnvDocuments.differences(terminal.json(), differences));
        terminal.print(document);
      } else {
        terminal.say(
            differences.isEmpty()
                ? MESSAGES.get("cli.diff.none")
                : String.join("\n", EnvDocuments.lines(differences)));
      }
      return ExitCode.PROVEN;
    }
  }
}
