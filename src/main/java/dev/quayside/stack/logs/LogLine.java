package dev.quayside.stack.logs;

import dev.quayside.engine.ContainerId;
import java.time.Instant;
import java.util.Objects;

/**
 * Holds one line of a container's log, ready to show.
 *
 * @param number position in the merged order, from 1, without gaps; 0 before it has one
 * @param at the engine's stamp
 * @param service the Compose service, or the container's name
 * @param container which container of the service wrote it
 * @param standardError whether it came on standard error
 * @param severity what it claims to be
 * @param text safe to show: no control characters, no terminal sequences, no line ends
 * @param cut how many characters of an over-long line were not kept; 0 for a whole line
 */
public record LogLine(
    long number,
    Instant at,
    String service,
    ContainerId container,
    boolean standardError,
    Severity severity,
    String text,
    long cut) {

  /**
   * What an instance costs beside its text: the record, its instant, the string's header and the
   * slots.
   */
  private static final int OVERHEAD = 136;

  /** Checks that the parts are there. */
  public LogLine {
    Objects.requireNonNull(at);
    Objects.requireNonNull(text);
  }

  /** Returns the same line at position {@code position}. */
  LogLine numbered(long position) {
    return new LogLine(position, at, service, container, standardError, severity, text, cut);
  }

  /** Returns about how many bytes of memory it takes; never less than it does. */
  long footprint() {
    return OVERHEAD + 2L * text.length();
  }
}
