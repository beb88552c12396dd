package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.Stack;
import dev.quayside.stack.adopt.Adoption;
import dev.quayside.stack.adopt.Wishes;
import dev.quayside.stack.picture.StackPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Adopts stacks by their folders, shows and forgets them. Their folders are only read. */
@Command(
    name = "stack",
    resourceBundle = "dev.quayside.cli.help",
    subcommands = {
      StackVerb.Add.class,
      ListVerb.class,
      StackShowVerb.class,
      StackVerb.Forget.class
    })
final class StackVerb implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), Messages.of("cli").get("usage.missing-verb"));
  }

  /** Puts the stack in a folder on our list. */
  @Command(name = "add", resourceBundle = "dev.quayside.cli.help")
  static final class Add extends Verb {

    @Parameters(paramLabel = "DIR", descriptionKey = "stack.folder")
    private Path folder = Path.of("");

    @Option(names = "--name", paramLabel = "N", descriptionKey = "stack.name")
    private String name = "";

    @Option(names = "--project", paramLabel = "P", descriptionKey = "stack.project")
    private String project = "";

    @Option(names = "--file", paramLabel = "F", descriptionKey = "stack.file")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--env-file", paramLabel = "F", descriptionKey = "stack.env-file")
    private List<Path> envFiles = new ArrayList<>();

    @Option(names = "--profile", paramLabel = "P", descriptionKey = "stack.profile")
    private List<String> profiles = new ArrayList<>();

    @Override
    boolean changes() {
      return true;
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      Adoption.Adopted adopted =
          session
              .adoption()
              .adopt(
                  folder,
                  new Wishes(name, project, files, envFiles, profiles),
                  running(session, terminal));
      AdoptedStack stack = adopted.stack();
      Problem complaint = adopted.complaint();
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("stack-added");
        document.put("name", stack.name());
        document.put("kind", stack.kind());
        document.put("era", stack.era().isEmpty() ? null : stack.era());
        document.put("folder", stack.root().toString());
        InvocationJson.put(terminal.json(), document, stack.invocation());
        document.set("complaint", complaint == null ? null : terminal.json().problem(complaint));
        terminal.print(document);
      } else {
        terminal.say(
            terminal.text(
                "stack.added",
                stack.name(),
                stack.kind() + (stack.era().isEmpty() ? "" : " " + stack.era()),
                ForeignText.line(stack.root().toString(), 200)));
        missing(session, stack)
            .forEach(file ->
                terminal.note(
                    terminal.text(
                        "stack.added.env-file",
                        ForeignText.line(file.path().toString(), 200),
                        String.join(", ", file.services()))));
        if (complaint == null) {
          terminal.say(terminal.text("stack.added.next", stack.name()));
        } else {
          terminal.note(terminal.text("stack.added.rejected", complaint.happened()));
        }
      }
      return complaint == null ? ExitCode.PROVEN : ExitCode.ATTENTION;
    }
  }

  /** Returns the env files that services name and that are not there. */
  private static List<StackPicture.EnvFile> missing(Session session, AdoptedStack stack)
      throws ProblemException {
    Stack asAdopted =
        new Stack(stack.project(), stack.kind(), stack.era(), stack.invocation(), List.of());
    return session.pictures().of(asAdopted).envFiles().stream()
        .filter(file -> !file.exists() && !file.services().isEmpty())
        .toList();
  }

  /** Asks the engine; adopting goes on without it. */
  private static List<Stack> running(Session session, Terminal terminal) throws ProblemException {
    EngineSnapshot engine;
    try {
      engine = session.engine();
    } catch (ProblemException unreachable) {
      terminal.note(terminal.text("stack.no-engine", unreachable.problem().title()));
      return List.of();
    }
    return session.stacks().all(engine);
  }

  /** Takes a stack off our list. */
  @Command(name = "forget", resourceBundle = "dev.quayside.cli.help")
  static final class Forget extends Verb {

    @Parameters(paramLabel = "STACK", descriptionKey = "stack.forgotten")
    private String stack = "";

    @Override
    boolean changes() {
      return true;
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      session.adoption().forget(stack);
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("stack-forgotten");
        document.put("name", stack);
        terminal.print(document);
      } else {
        terminal.say(terminal.text("stack.forgot", ForeignText.line(stack, 80)));
      }
      return ExitCode.PROVEN;
    }
  }
}
