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
    Set<String> used = new HashSet<>();
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
            "exposure",
            "up",
            "stop",
            "restart",
            "recreate",
            "logs",
            "secrets",
            "env",
            "backup",
            "journal",
            "doctor");
  }

  @Test
  void everyVerbShowsItsHelpWithoutItsArgumentsAndEndsWell() {
    List<String> failing = new ArrayList<>();
    collectWithoutHelp(line.getCommandSpec(), failing);
    assertThat(failing).isEmpty();
  }

  private void collectWithoutHelp(CommandSpec command, List<String> failing) {
    String[] words = command.qualifiedName().split(" ");
    for (String option : List.of("--help", "-h")) {
      words[0] = option;
      List<String> rotated = new ArrayList<>(List.of(words).subList(1, words.length));
      rotated.add(option);
      StringWriter out = new StringWriter();
      line.setOut(new PrintWriter(out));
      int code = line.execute(rotated.toArray(String[]::new));
      if (code != 0 || !out.toString().contains("Usage: " + command.qualifiedName())) {
        failing.add(String.join(" ", rotated) + " ended with " + code);
      }
    }
    command
        .subcommands()
        .values()
        .forEach(child -> collectWithoutHelp(child.getCommandSpec(), failing));
  }

  @Test
  void helpGoesDownToTheVerbOfAVerb() {
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out));
    assertThat(line.execute("help", "backup", "verify")).isZero();
    assertThat(out.toString()).startsWith("Usage: quayside backup verify");
  }

  @Test
  void aNumberThatCannotBeMeantIsRefusedBeforeAnythingIsDone() {
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("stop", "any", "--patience=-1")).isEqualTo(ExitCode.USAGE.code());
    assertThat(line.execute("logs", "any", "--tail=-5")).isEqualTo(ExitCode.USAGE.code());
    assertThat(line.execute("journal", "show", "--last=0")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString())
        .contains("--patience takes 1 or more seconds, not -1")
        .contains("-1 for all of them, not -5")
        .contains("--last takes 1 or more entries, not 0")
        .doesNotContain("TEST-NO-SESSION");
  }

  @Test
  void anEmptyNameOfAStackIsRefusedBeforeAnythingIsDone() {
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    for (String verb : List.of("up", "stop", "restart", "recreate")) {
      assertThat(line.execute(verb, "")).as(verb).isEqualTo(ExitCode.USAGE.code());
      assertThat(line.execute(verb, " ")).as(verb).isEqualTo(ExitCode.USAGE.code());
    }
    assertThat(err.toString()).contains("STACK is empty").doesNotContain("TEST-NO-SESSION");
  }

  @Test
  void aRotationOfNothingIsRefusedBeforeAnythingIsDone() {
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("secrets", "rotate", "any")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).doesNotContain("TEST-NO-SESSION");
  }

  @Test
  void aFolderThatIsNotThereNeverBecomesTheNameOfAnArchive() {
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("backup", "create", "any", "--to", "/no/such/folder/"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("there is no folder /no/such/folder/");
    assertThat(line.execute("backup", "create", "any", "--to", "/mnt/usb-that-is-away"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("/mnt/usb-that-is-away is no folder that is there");
  }

  @Test
  void anUnknownOptionIsAUsageErrorAndChangesNothing() {
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("status", "--no-such-option")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("--no-such-option");
  }

  @Test
  void aUsageErrorIsADocumentForPrograms() {
    for (String words :
        List.of(
            "status --jsno --json", "--json nosuch", "logs x --tail=-5 --json", "--json secrets")) {
      StringWriter out = new StringWriter();
      line.setOut(new PrintWriter(out));
      line.setErr(new PrintWriter(new StringWriter()));
      assertThat(line.execute(words.split(" "))).as(words).isEqualTo(ExitCode.USAGE.code());
      assertThat(Schemas.faults(out.toString())).as(words).isEmpty();
      assertThat(out.toString()).contains("\"code\" : \"USAGE\"", "\"exitCode\" : 2");
    }
  }

  @Test
  void onlyAWordThatIsNearIsSuggested() {
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("nosuchverb")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString())
        .startsWith("quayside does not know nosuchverb.")
        .contains("Verbs:")
        .doesNotContain("Did you mean");
    err.getBuffer().setLength(0);
    assertThat(line.execute("backup", "craete")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("Did you mean: quayside backup create?");
    err.getBuffer().setLength(0);
    assertThat(line.execute("status", "--jsom")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("There is no option --jsom here.", "Did you mean: --json?");
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
