package dev.quayside.stack.settings;

import dev.quayside.common.Problem;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of a save that was cut off.
 *
 * @param file the environment file; empty where that is not known
 * @param ended how it ended now
 * @param problem what the operator has to do; null where nothing is left to do
 */
public record EnvRecovery(Path file, Ended ended, @Nullable Problem problem) {

  /** Names how a cut-off save ended. */
  public enum Ended {
    /** The file has the new content. */
    FINISHED,
    /** The file has the content from before. */
    PUT_BACK,
    /**
     * Somebody changed the file since; it was left so, and the content before is in the history.
     */
    LEFT,
    /** Neither was possible now; it is tried again at the next start. */
    STUCK
  }
}
