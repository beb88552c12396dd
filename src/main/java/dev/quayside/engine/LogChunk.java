package dev.quayside.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds one line of a container's log, or a piece of a line that is longer than 64 KiB.
 *
 * @param source where the container wrote it; a container with a terminal writes all to {@link
 *     Source#OUTPUT}
 * @param at the engine's stamp of the line; null if it gave none
 * @param text foreign text without line end; bytes that are not UTF-8 are replaced
 * @param endsLine false where the line goes on in the next chunk of the same source
 */
public record LogChunk(Source source, @Nullable Instant at, String text, boolean endsLine) {

  /** Names the two streams of a process. */
  public enum Source {
    OUTPUT,
    ERROR
  }
}
