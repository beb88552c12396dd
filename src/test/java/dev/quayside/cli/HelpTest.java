package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {

  private static final Problem NO_SESSION =
      new Problem("TEST-NO-SESSION", "no session here", "", "", "", null, "");

  private final CommandLine line =
      new QuaysideCommand(
              options -> {
                throw new ProblemException(NO_SESSION);
              })
          .commandLine();

  @Test
  void everyVerbAndOptionSaysWhatItDoes() {
    List<String> silent = new ArrayList<>();
    collectSilent(line.getCommandSpec(), silent);
    assertThat(silent).isEmpty();
  }

  private static void collectSilent(CommandSpec command, List<String> silent) {
    if (command.usageMessage().description().length == 0) {
      silent.add(command.qualifiedName());
    }
    command.options().stream()
        .filter(option -> !option.hidden() && option.description().length == 0)
        .forEach(option -> silent.add(command.qualifiedName() + " " + option.longestName()));
    command.positionalParameters().stream()
        .filter(parameter -> parameter.description().length == 0)
        .forEach(parameter -> silent.add(command.qualifiedName() + " " + parameter.paramLabel()));
    command.subcommands().values().forEach(child -> collectSilent(child.getCommandSpec(), silent));
  }

  @Test
  void noTextOfTheHelpIsLeftOver() {
    Set<String> used = new HashSet<>(Set.of("helpCommand.usage.description"));
    collectKeys(line.getCommandSpec(), used);
    List<String> unused =
        ResourceBundle.getBundle("dev.quayside.cli.help").keySet().stream()
            .filter(key -> !used.contains(key) && !key.matches("quayside\\.usage\\..*"))
            .toList();
    assertThat(unused).isEmpty();
  }

  private static void collectKeys(CommandSpec command, Set<String> used) {
    used.add(command.qualifiedName(".") + ".usage.description");
    command.args().forEach(argument -> used.add(String.valueOf(argument.descriptionKey())));
    command.subcommands().values().forEach(child -> collectKeys(child.getCommandSpec(), used));
  }

  @Test
  void theVerbsOfTheContractAreThere() {
    assertThat(line.getSubcommands().keySet())
        .contains(
            "status",
            "watch",
            "list",
            "up",
            "stop",
            "restart",
            "recreate",
            "logs",
            "secrets",
            "backup",
            "journal",
            "doctor");
  }

  @Test
  void anUnknownOptionIsAUsageErrorAndChangesNothing() {
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("status", "--no-such-option")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("--no-such-option");
  }

  @Test
  void globalOptionsAreUnderstoodBeforeAndAfterTheVerb() {
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(new StringWriter()));
    assertThat(line.execute("--json", "status")).isEqualTo(ExitCode.FAILED.code());
    assertThat(line.execute("status", "--json")).isEqualTo(ExitCode.FAILED.code());
    assertThat(out.toString()).contains("TEST-NO-SESSION");
  }

  @Test
  void aVerbThatNeedsASubverbSaysSo() {
    line.setErr(new PrintWriter(new StringWriter()));
    assertThat(line.execute("secrets")).isEqualTo(ExitCode.USAGE.code());
    assertThat(line.execute("backup")).isEqualTo(ExitCode.USAGE.code());
    assertThat(line.execute("journal")).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void aSecretIsNeverTakenAsAnArgument() {
    List<String> takers = new ArrayList<>();
    collectNames(line.getCommandSpec(), takers);
    assertThat(takers)
        .noneMatch(name -> name.matches(".*--(passphrase|password|secret|key|value)( .*)?"));
  }

  private static void collectNames(CommandSpec command, List<String> names) {
    command
        .options()
        .forEach(option -> names.add(command.qualifiedName() + " " + option.longestName()));
    command.subcommands().values().forEach(child -> collectNames(child.getCommandSpec(), names));
  }
}
