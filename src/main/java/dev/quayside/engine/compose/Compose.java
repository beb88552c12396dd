package dev.quayside.engine.compose;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.engine.Changing;
import dev.quayside.engine.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs Docker Compose v2. Methods block their caller and may be called from any thread. */
@SuppressWarnings("DoNotCallSuggester")
public final class Compose {

  private Compose() {}

  /**
   * Creates a runner; looks for Compose when it is first needed.
   *
   * @param endpoint the engine it is to work on
   * @param environment of the process; only allow-listed variables reach Compose
   * @param userHome home folder of the user
   */
  public static Compose on(Endpoint endpoint, Map<String, String> environment, Path userHome) {
    throw new UnsupportedOperationException("being written");
  }

  /** Returns what Compose says it is; throws when it is missing or older than {@link ComposeVersion#MINIMUM}. */
  public ComposeVersion version() throws ProblemException {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Returns the structure of the project as JSON with variables left as they are written: it holds no value of an env
   * file, except those of {@code env_file}, whose names alone may be used.
   */
  public String structure(ComposeInvocation invocation) throws ProblemException {
    throw new UnsupportedOperationException("being written");
  }

  /** Returns the resolved project as JSON. It holds secrets: the caller wipes it and never keeps it. */
  public Secret config(ComposeInvocation invocation) throws ProblemException {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Runs a command of Compose, for example {@code up -d --no-deps web}, and waits for its end.
   *
   * @param masked values that must not appear in the output; the caller keeps and wipes them
   * @param progress receives each line of output after redaction; cancelling it ends Compose and its children
   */
  @Changing
  public ComposeRun run(
      ComposeInvocation invocation,
      List<String> arguments,
      List<Secret> masked,
      Duration timeout,
      Progress progress)
      throws ProblemException {
    throw new UnsupportedOperationException("being written");
  }
}
