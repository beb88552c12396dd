package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers a command line that cannot be meant: people get the fault and the usage or the word they
 * were near to, programs the same document as for every other problem.
 */
final class UsageErrors implements IParameterExceptionHandler {

  private static final int LONGEST_WORD = 60;

  private final Messages messages = Messages.of("cli");

  @Override
  public int handleParseException(ParameterException fault, String[] arguments) {
    CommandLine at = fault.getCommandLine();
    // The command line was not understood, so its options may not be set.
    boolean forPrograms = Arrays.asList(arguments).contains("--json");
    Terminal terminal = new Terminal(at.getOut(), at.getErr(), forPrograms);
    List<String> near = near(fault);
    if (forPrograms) {
      return terminal.refuse(problem(fault, near), ExitCode.USAGE).code();
    }
    terminal.note(message(fault));
    if (near.isEmpty()) {
      at.usage(at.getErr());
    } else {
      terminal.note(messages.get("usage.near", String.join(", ", near)));
    }
    return ExitCode.USAGE.code();
  }

  private Problem problem(ParameterException fault, List<String> near) {
    String help = fault.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    return new Problem(
        "USAGE",
        messages.get("usage.title"),
        message(fault),
        messages.get("usage.unchanged"),
        near.isEmpty()
            ? messages.get("usage.next")
            : messages.get("usage.near", String.join(", ", near)),
        help,
        "");
  }

  private String message(ParameterException fault) {
    return fault instanceof UnmatchedArgumentException unmatched
            && !unmatched.getUnmatched().isEmpty()
        ? messages.get(
            unmatched.isUnknownOption() ? "usage.unknown-option" : "usage.unknown-word",
            ForeignText.line(unmatched.getUnmatched().getFirst(), LONGEST_WORD),
            fault.getCommandLine().getCommandSpec().qualifiedName())
        : String.valueOf(fault.getMessage());
  }

  private static List<String> near(ParameterException fault) {
    if (!(fault instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return List.of();
    }
    String word = unmatched.getUnmatched().getFirst();
    var spec = fault.getCommandLine().getCommandSpec();
    Collection<String> known =
        unmatched.isUnknownOption() ? spec.optionsMap().keySet() : spec.subcommands().keySet();
    return known.stream()
        .filter(candidate -> Nearness.near(word, candidate))
        .sorted()
        .map(candidate ->
            unmatched.isUnknownOption() ? candidate : spec.qualifiedName() + " " + candidate)
        .toList();
  }
}
