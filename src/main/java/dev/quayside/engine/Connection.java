package dev.quayside.engine;

import dev.quayside.common.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells how we stand with the engine. */
public sealed interface Connection {

  /** First attempt, nothing known yet. */
  record Connecting() implements Connection {}

  /** Connected; the model follows the event stream. */
  record Connected(EngineInfo engine) implements Connection {}

  /**
   * Not connected. What the model still shows is as of {@code since}.
   *
   * @param problem why, with what was tried and the mending command
   * @param since when the connection was lost, or the first attempt failed
   * @param nextAttempt when the next attempt starts; null where trying again is pointless until
   *     something changes
   * @param last the engine we had, if any
   */
  record Lost(
      Problem problem, Instant since, @Nullable Instant nextAttempt, @Nullable EngineInfo last)
      implements Connection {}
}
