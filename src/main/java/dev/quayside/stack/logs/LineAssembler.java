package dev.quayside.stack.logs;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Joins the bytes of one output stream of one container into lines, whatever the pieces they come in. Every line begins
 * with the engine's stamp ({@code timestamps=1}); lines above 16 KiB come in parts with a stamp each (Moby,
 * {@code daemon/logger/copier.go}, {@code defaultBufSize}), which are put together again. What is beyond
 * {@link #LONGEST_LINE} bytes of a line is counted, not kept. Not safe for use by several threads at once.
 */
final class LineAssembler {

  /** How many bytes of a line are kept. */
  static final int LONGEST_LINE = 16 * 1024;

  /** Where the engine tears a line. */
  static final int PART = 16 * 1024;

  /** A stamp is at most {@code 2026-11-22T10:00:00.123456789+00:00} and a blank. */
  private static final int LONGEST_STAMP = 40;

  private static final int SHORTEST_STAMP = "2026-11-22T10:00:00Z".length();

  private final Sink sink;

  private final byte[] stamp = new byte[LONGEST_STAMP];
  private int stampLength;
  private boolean inStamp = true;

  private byte[] line = new byte[512];
  private int kept;
  private long cut;
  private int inPart;
  private @Nullable Instant at;
  private boolean started;

  /** Receives whole lines. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a line.
     *
     * @param at the stamp of its first part; null where it had none
     * @param text decoded, not yet made safe
     * @param cutBytes how many bytes were not kept
     */
    void line(@Nullable Instant at, String text, long cutBytes);
  }

  LineAssembler(Sink sink) {
    this.sink = sink;
  }

  /** Takes the next bytes. The array is not kept. */
  void accept(byte[] bytes) {
    for (byte b : bytes) {
      accept(b);
    }
  }

  /** Ends the stream: what is there of a line without an end is a line. */
  void end() {
    if (inStamp) {
      giveUpStamp();
    }
    if (started) {
      finish();
    }
  }

  private void accept(byte b) {
    if (inStamp) {
      acceptStamp(b);
    } else if (b == '\n') {
      finish();
    } else {
      if (inPart == PART) {
        // The engine tore the line here, and a stamp follows; if none does, it is text.
        inPart = 0;
        inStamp = true;
        acceptStamp(b);
        return;
      }
      keep(b);
    }
  }

  private void acceptStamp(byte b) {
    if (b == '\n') {
      giveUpStamp();
      finish();
    } else if (b == ' ' && stampLength >= SHORTEST_STAMP) {
      Instant parsed = parse();
      if (parsed == null) {
        stamp[stampLength++] = b;
        giveUpStamp();
        return;
      }
      at = at == null ? parsed : at;
      started = true;
      inStamp = false;
      stampLength = 0;
    } else {
      stamp[stampLength++] = b;
      if (stampLength == LONGEST_STAMP || !stampLike(b)) {
        giveUpStamp();
      }
    }
  }

  private static boolean stampLike(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == ':' || b == '.' || b == 'T' || b == 'Z' || b == '+';
  }

  private @Nullable Instant parse() {
    try {
      return Instant.parse(new String(stamp, 0, stampLength, StandardCharsets.US_ASCII));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** What stands where a stamp was expected is text after all. */
  private void giveUpStamp() {
    int length = stampLength;
    stampLength = 0;
    inStamp = false;
    for (int i = 0; i < length; i++) {
      keep(stamp[i]);
    }
  }

  private void keep(byte b) {
    started = true;
    inPart++;
    if (kept == LONGEST_LINE) {
      cut++;
      return;
    }
    if (kept == line.length) {
      line = Arrays.copyOf(line, Math.min(LONGEST_LINE, line.length * 2));
    }
    line[kept++] = b;
  }

  private void finish() {
    int length = kept > 0 && cut == 0 && line[kept - 1] == '\r' ? kept - 1 : kept;
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    Instant when = at;
    long dropped = cut;
    kept = 0;
    cut = 0;
    inPart = 0;
    at = null;
    started = false;
    inStamp = true;
    stampLength = 0;
    if (line.length > 4_096) {
      line = new byte[512];
    }
    sink.line(when, text, dropped);
  }
}
