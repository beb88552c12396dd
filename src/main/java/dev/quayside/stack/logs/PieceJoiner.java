package dev.quayside.stack.logs;

import dev.quayside.engine.LogChunk;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Joins the pieces of one output stream of one container into lines. What is beyond {@link
 * #LONGEST_LINE} characters of a line is counted, not kept. Not safe for use by several threads at
 * once.
 */
final class PieceJoiner {

  /** How many characters of a line are kept. */
  static final int LONGEST_LINE = 16 * 1024;

  private final Sink sink;
  private final StringBuilder line = new StringBuilder();
  private @Nullable Instant at;
  private long cut;
  private boolean started;

  /** Receives whole lines. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a line.
     *
     * @param at the stamp of its first piece; null where it had none
     * @param text not yet made safe
     * @param cut how many characters were not kept
     */
    void line(@Nullable Instant at, String text, long cut);
  }

  PieceJoiner(Sink sink) {
    this.sink = sink;
  }

  /** Takes the next piece. */
  void accept(LogChunk chunk) {
    if (!started && chunk.endsLine() && chunk.text().length() <= LONGEST_LINE) {
      sink.line(chunk.at(), withoutReturn(chunk.text()), 0);
      return;
    }
    at = started ? at : chunk.at();
    started = true;
    int room = Math.max(0, LONGEST_LINE - line.length());
    String text = chunk.text();
    line.append(text, 0, Math.min(room, text.length()));
    cut += Math.max(0, text.length() - room);
    if (chunk.endsLine()) {
      finish();
    }
  }

  /** Ends the stream: what is there of a line without an end is a line. */
  void end() {
    if (started) {
      finish();
    }
  }

  private void finish() {
    String text = line.toString();
    Instant when = at;
    long dropped = cut;
    line.setLength(0);
    line.trimToSize();
    at = null;
    cut = 0;
    started = false;
    sink.line(when, dropped == 0 ? withoutReturn(text) : text, dropped);
  }

  private static String withoutReturn(String text) {
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
