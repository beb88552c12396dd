package dev.quayside.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says which part of a container's log to read.
 *
 * @param since only lines from this moment on; null for all
 * @param until only lines before this moment; null for all
 * @param tail at most so many of the last lines; negative for all
 * @param follow whether to go on with new lines until closed
 */
public record LogRequest(
    @Nullable Instant since, @Nullable Instant until, int tail, boolean follow) {

  /** Asks for the last {@code lines} lines and nothing more. */
  public static LogRequest last(int lines) {
    return new LogRequest(null, null, lines, false);
  }

  /** Asks for the last {@code lines} lines and all that follow. */
  public static LogRequest following(int lines) {
    return new LogRequest(null, null, lines, true);
  }
}
