package dev.quayside.secrets;

import dev.quayside.common.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of a rotation that was cut off.
 *
 * @param id of the run
 * @param stack its name
 * @param ended how it ended now
 * @param problem what the operator has to do; null unless {@code ended} is {@link Ended#STUCK}
 */
public record Recovery(String id, String stack, Ended ended, @Nullable Problem problem) {

  /** Names how a cut-off run ended. */
  public enum Ended {
    /** The new value was proven; the run was completed. */
    FINISHED,
    /** File and containers are as before the run. */
    PUT_BACK,
    /**
     * Neither was possible now, for example because the engine is away; it is tried again at the
     * next start.
     */
    STUCK
  }
}
