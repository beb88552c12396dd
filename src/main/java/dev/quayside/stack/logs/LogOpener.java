package dev.quayside.stack.logs;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.LogChunk;
import dev.quayside.engine.LogRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens the log of one container: {@link dev.quayside.engine.Engine#logs}, the one call that
 * merging needs.
 */
@FunctionalInterface
interface LogOpener {

  /** Opens the log of {@code id}; chunks and end come on the engine's threads. */
  Subscription logs(
      ContainerId id,
      LogRequest request,
      Consumer<LogChunk> onChunk,
      Consumer<@Nullable ProblemException> onEnd)
      throws ProblemException;
}
