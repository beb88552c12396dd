package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows the help of the verb that its words name. picocli's own looks at the first word only and
 * would show {@code help backup verify} the help of {@code backup}.
 */
@Command(name = "help", resourceBundle = "dev.quayside.cli.help")
final class HelpVerb implements Runnable {

  private static final int LONGEST_WORD = 40;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "VERB", descriptionKey = "help.verb")
  private List<String> words = new ArrayList<>();

  @Override
  public void run() {
    CommandLine at = spec.root().commandLine();
    for (String word : words) {
      CommandLine next = at.getSubcommands().get(word);
      if (next == null) {
        throw new ParameterException(
            at, Messages.of("cli").get("usage.unknown-verb", ForeignText.line(word, LONGEST_WORD)));
      }
      at = next;
    }
    at.usage(spec.commandLine().getOut());
  }
}
