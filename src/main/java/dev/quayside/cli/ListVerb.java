package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.ProblemException;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import dev.quayside.stack.picture.StackPicture;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the stacks on the engine. */
@Command(name = "list", resourceBundle = "dev.quayside.cli.help")
final class ListVerb extends Verb {

  private static final int NAME = 40;

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    List<Stack> stacks = session.stacks().all(engineOf(session));
    if (terminal.forPrograms()) {
      ObjectNode document = terminal.json().document("list");
      ArrayNode array = document.putArray("stacks");
      stacks.forEach(stack -> array.add(document(terminal.json(), stack)));
      terminal.print(document);
    } else {
      terminal.say(
          stacks.isEmpty() ? terminal.text("status.nothing") : table(session, terminal, stacks));
    }
    return ExitCode.PROVEN;
  }

  private static String table(Session session, Terminal terminal, List<Stack> stacks)
      throws ProblemException {
    Table table = new Table().row(terminal.text("list.columns").split("\\|"));
    for (Stack stack : stacks) {
      // Only the folder tells of what has no container.
      StackPicture picture = stack.services().isEmpty() ? picture(session, stack) : null;
      table.row(
          stack.name().isEmpty()
              ? terminal.text("status.no-stack")
              : ForeignText.line(stack.name(), NAME),
          stack.kind() + (stack.era().isEmpty() ? "" : " " + stack.era()),
          picture == null
              ? stack.services().isEmpty()
                  ? terminal.text("list.services.unknown")
                  : terminal.text(
                      "list.services",
                      Integer.toString(stack.services().size()),
                      ServiceCounts.of(stack))
              : services(terminal, picture),
          folder(stack, picture));
    }
    return table.text();
  }

  /** Returns null where Compose does not answer; that costs only this row its number. */
  private static @Nullable StackPicture picture(Session session, Stack stack) {
    try {
      return session.pictures().of(stack);
    } catch (ProblemException untold) {
      return null;
    }
  }

  private static String services(Terminal terminal, StackPicture picture) {
    if (picture.complaint() != null) {
      return terminal.text("list.rejected");
    }
    int defined = picture.services().size();
    return defined == 0
        ? terminal.text("list.services.unknown")
        : terminal.text("list.services.none", Integer.toString(defined));
  }

  private static String folder(Stack stack, @Nullable StackPicture picture) {
    Path root = picture == null ? null : picture.root();
    if (root == null && stack.invocation() != null) {
      root = stack.invocation().directory();
    }
    return root == null ? "—" : ForeignText.line(root.toString(), 80);
  }

  private static ObjectNode document(Json json, Stack stack) {
    ObjectNode node = json.object();
    node.put("name", stack.name());
    node.put("kind", stack.kind());
    node.put("era", stack.era().isEmpty() ? null : stack.era());
    node.set("services", json.texts(stack.services().stream().map(StackService::name).toList()));
    InvocationJson.put(json, node, stack.invocation());
    return node;
  }
}
