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

  /** Makes the list immutable. */
  ComposeTool {
    command = List.copyOf(command);
  }

  /** Returns the first that is new enough. */
  static ComposeTool find(Map<String, String> environment) throws ProblemException {
    ComposeVersion tooOld = null;
    for (List<String> candidate : CANDIDATES) {
      ComposeVersion version = ask(candidate, environment);
      if (version != null && version.sufficient()) {
        return new ComposeTool(candidate, version);
      }
      tooOld = tooOld == null ? version : tooOld;
    }
    Problem problem =
        tooOld == null
            ? EngineFault.COMPOSE_MISSING.problem("")
            : EngineFault.COMPOSE_TOO_OLD.problem("", tooOld.text(), ComposeVersion.MINIMUM.text());
    throw new ProblemException(ComposePackage.advised(problem, environment));
  }

  /** Asks for the version; null if there is none such or it says nothing that is one. */
  private static @Nullable ComposeVersion ask(
      List<String> candidate, Map<String, String> environment) throws ProblemException {
    List<String> words = new ArrayList<>(candidate);
    words.addAll(List.of("version", "--short"));
    try {
      ChildProcess.Result result =
          ChildProcess.run(ChildProcess.Command.of(words, environment), null, ANSWER, 4096);
      return result.succeeded() ? ComposeVersion.read(result.output().text().strip()) : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineFault.ENGINE_GIVEN_UP.exception(e);
    }
  }
}
