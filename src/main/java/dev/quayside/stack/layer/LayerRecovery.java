package dev.quayside.stack.layer;

import dev.quayside.common.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of a change of containers that was cut off.
 *
 * @param stack its name
 * @param ended how it ended now
 * @param problem what the operator has to do; null unless something is left
 */
public record LayerRecovery(String stack, Ended ended, @Nullable Problem problem) {

  /** Names how it ended. */
  public enum Ended {
    /** The data is in the new containers. */
    FINISHED,
    /** The containers are those of before, with their data. */
    PUT_BACK,
    /** Part of it was done and stays; what ran before runs. */
    CUT_OFF,
    /** What had been done stays, and nothing was put back. */
    BROKEN_OFF,
    /** Somebody started the new container meanwhile; the copy was put aside. */
    LEFT,
    /** Not possible now; the copy is safe and the next start tries again. */
    STUCK
  }
}
