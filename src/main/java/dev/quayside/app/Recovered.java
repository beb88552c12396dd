package dev.quayside.app;

import dev.quayside.common.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of one piece of work that a kill cut off.
 *
 * @param ended how it ended now
 * @param text for people, on one line
 * @param problem what the operator has to do; null where the text says all
 */
record Recovered(Ended ended, String text, @Nullable Problem problem) {

  /** Names how cut-off work ended. */
  enum Ended {
    /** It was completed. */
    FINISHED,
    /** It was put back or removed, or was completed with something missing. */
    PUT_BACK,
    /** It could not be put in order now; the next start tries again. */
    STUCK
  }
}
