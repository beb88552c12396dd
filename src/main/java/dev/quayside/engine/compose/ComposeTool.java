package dev.quayside.engine.compose;

import dev.quayside.common.ChildProcess;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the Compose that was found: the plugin of the {@code docker} command, or the program of its
 * own.
 *
 * @param command the words that start it
 * @param version what it says it is
 */
record ComposeTool(List<String> command, ComposeVersion version) {

  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final List<List<String>> CANDIDATES =
      List.of(List.of("docker", "compose"), List.of("docker-compose"));
  // ENOENT, as the JDK words it.
  private static final Pattern NO_SUCH_PROGRAM = Pattern.compile("error[=:] ?2\\b");

  /** Makes the list immutable. */
  ComposeTool {
    command = List.copyOf(command);
  }

  /** Returns the first that is new enough. */
  static ComposeTool find(Map<String, String> environment) throws ProblemException {
    return find(CANDIDATES, environment, ANSWER);
  }

  /**
   * Returns the first of {@code candidates} that is new enough.
   *
   * @param patience for the answer of each
   */
  static ComposeTool find(
      List<List<String>> candidates, Map<String, String> environment, Duration patience)
      throws ProblemException {
    ComposeVersion tooOld = null;
    ProblemException failure = null;
    for (List<String> candidate : candidates) {
      try {
        ComposeVersion version = ask(candidate, environment, patience);
        if (version != null && version.sufficient()) {
          return new ComposeTool(candidate, version);
        }
        tooOld = tooOld == null ? version : tooOld;
      } catch (ProblemException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      // One that is there and does not start is not missing.
      throw failure;
    }
    Problem problem =
        tooOld == null
            ? EngineFault.COMPOSE_MISSING.problem("")
            : EngineFault.COMPOSE_TOO_OLD.problem("", tooOld.text(), ComposeVersion.MINIMUM.text());
    throw new ProblemException(ComposePackage.advised(problem, environment));
  }

  /** Asks for the version; null if there is none such or it says nothing that is one. */
  private static @Nullable ComposeVersion ask(
      List<String> candidate, Map<String, String> environment, Duration patience)
      throws ProblemException {
    List<String> words = new ArrayList<>(candidate);
    words.addAll(List.of("version", "--short"));
    try {
      ChildProcess.Result result =
          ChildProcess.run(ChildProcess.Command.of(words, environment), null, patience, 4096);
      if (result.timedOut()) {
        throw new ProblemException(EngineFault.COMPOSE_TIMEOUT.problem("", patience.toSeconds()));
      }
      return result.succeeded() ? ComposeVersion.read(result.output().text().strip()) : null;
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (NO_SUCH_PROGRAM.matcher(reason).find()) {
        return null;
      }
      throw EngineFault.COMPOSE_NOT_STARTED.exception(e, reason);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineFault.ENGINE_GIVEN_UP.exception(e);
    }
  }
}
