package dev.quayside.journal;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.engine.compose.ComposeRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs changing commands of Compose, each inside an announced change and recorded as one of its
 * steps. Methods block their caller and may be called from any thread.
 */
public final class JournaledCompose {

  private final Compose compose;

  /** Wraps {@code compose}. */
  public JournaledCompose(Compose compose) {
    this.compose = compose;
  }

  /** Returns what reads definitions; it changes nothing. */
  public Compose reading() {
    return compose;
  }

  /**
   * Runs a command such as {@code up -d --no-deps web} and waits for its end.
   *
   * @param masked values that must not appear in the output; the caller keeps and wipes them
   */
  public ComposeRun run(
      Intent intent,
      ComposeInvocation invocation,
      List<String> arguments,
      List<Secret> masked,
      Duration timeout,
      Progress progress)
      throws ProblemException {
    Map<String, String> details = new TreeMap<>();
    details.put("project", invocation.project());
    details.put("arguments", String.join(" ", arguments));
    return Steps.record(
        intent,
        "compose",
        details,
        () -> compose.run(invocation, arguments, masked, timeout, progress),
        JournaledCompose::verdict);
  }

  private static String verdict(ComposeRun run) {
    if (run.cancelled()) {
      return "cancelled";
    }
    return run.succeeded() ? Steps.OK : "exit " + run.exitCode();
  }
}
