package dev.quayside.engine.compose;

import dev.quayside.common.ChildProcess;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the package that brings a Compose new enough to this machine. Docker's own packages, Ubuntu
 * and Debian name it differently, and Debian 12 has only one that is too old.
 */
final class ComposePackage {

  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int LONGEST = 64 * 1024;
  private static final List<String> NAMES =
      List.of("docker-compose-plugin", "docker-compose-v2", "docker-compose");

  /** Follows the name of a package; all lines of its own are indented. */
  private static final String CANDIDATE = ":\n(?: .*\n)*? {2}Candidate: (?:[0-9]+:)?([0-9]\\S*)$";

  private ComposePackage() {}

  /**
   * Returns {@code problem} with the command that installs such a package, or, where no package
   * source has one, with words that say what to do instead.
   */
  static Problem advised(Problem problem, Map<String, String> environment) {
    return advised(problem, policies(environment));
  }

  /** Does the same with {@code policies}, what {@code apt-cache} says of all packages at once. */
  static Problem advised(Problem problem, String policies) {
    String best =
        NAMES.stream().filter(name -> sufficient(name, policies)).findFirst().orElse(null);
    Messages messages = Messages.of("compose");
    return new Problem(
        problem.code(),
        problem.title(),
        problem.happened(),
        problem.unchanged(),
        best == null ? messages.get("by-hand") : problem.nextStep(),
        best == null ? null : messages.get("install", best),
        problem.detail());
  }

  /** Asks apt for the packages; empty where there is no apt, or it knows none. */
  private static String policies(Map<String, String> environment) {
    List<String> question = new ArrayList<>(List.of("apt-cache", "policy"));
    question.addAll(NAMES);
    Map<String, String> plain = new HashMap<>(environment);
    plain.put("LC_ALL", "C");
    try {
      ChildProcess.Result result =
          ChildProcess.run(ChildProcess.Command.of(question, plain), null, ANSWER, LONGEST);
      return result.succeeded() ? result.output().text() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static boolean sufficient(String name, String policies) {
    Matcher candidate =
        Pattern.compile("^" + name + CANDIDATE, Pattern.MULTILINE).matcher(policies);
    ComposeVersion version = candidate.find() ? ComposeVersion.read(candidate.group(1)) : null;
    return version != null && version.sufficient();
  }
}
