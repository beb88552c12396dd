package dev.quayside.cli;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.secrets.GenerationReceipt;
import dev.quayside.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Makes values for the secrets of a stack that have none; what has one keeps it. */
@Command(name = "generate", resourceBundle = "dev.quayside.cli.help")
final class SecretsGenerateVerb extends Verb {

  @Parameters(paramLabel = "STACK", descriptionKey = "secrets.stack")
  private String stack = "";

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    Stack found = session.stacks().find(engineOf(session), stack);
    Outcome<GenerationReceipt> outcome = session.generation().run(found);
    return terminal.report(
        "generation",
        outcome,
        receipt -> text(terminal, receipt),
        receipt -> document(terminal.json(), receipt));
  }

  private static String text(Terminal terminal, GenerationReceipt receipt) {
    List<String> lines = new ArrayList<>();
    lines.add(
        receipt.generated().isEmpty()
            ? terminal.text("secrets.generated.none")
            : terminal.text(
                "secrets.generated", receipt.file(), String.join(", ", receipt.generated())));
    if (!receipt.left().isEmpty()) {
      lines.add(terminal.text("secrets.generated.left", String.join(", ", receipt.left())));
    }
    return String.join("\n", lines);
  }

  private static ObjectNode document(Json json, GenerationReceipt receipt) {
    ObjectNode node = json.object();
    node.put("stack", receipt.stack());
    node.put("file", receipt.file().toString());
    node.set("generated", json.texts(receipt.generated()));
    node.set("left", json.texts(receipt.left()));
    node.put("journalHead", receipt.journalHead());
    return node;
  }
}
