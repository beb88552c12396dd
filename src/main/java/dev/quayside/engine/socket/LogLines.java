package dev.quayside.engine.socket;

import dev.quayside.engine.LogChunk;
import dev.quayside.engine.LogChunk.Source;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the pieces of one stream of a container's log to lines and takes the engine's stamp off
 * each: the engine puts one before every message, also before the later parts of a line that it
 * stored in parts.
 */
final class LogLines {

  private static final int LONGEST = 64 * 1024;
  // 2006-01-02T15:04:05.000000000Z and a space; always in UTC (moby, jsonmessage.RFC3339NanoFixed).
  private static final int LONGEST_STAMP = 36;

  private final Source source;
  private final Consumer<LogChunk> sink;
  private final byte[] line = new byte[LONGEST];
  private final byte[] stamp = new byte[LONGEST_STAMP];
  private int count;
  private int stampCount;
  private boolean inStamp = true;
  private boolean midLine;
  private @Nullable Instant at;

  LogLines(Source source, Consumer<LogChunk> sink) {
    this.source = source;
    this.sink = sink;
  }

  void accept(byte[] buffer, int length, boolean startsFrame) {
    if (startsFrame) {
      beginStamp();
    }
    for (int i = 0; i < length; i++) {
      accept(buffer[i]);
    }
  }

  /** Hands on a last line that had no end. */
  void end() {
    if (inStamp) {
      giveUpStamp();
    }
    if (count > 0) {
      flush(true);
    }
  }

  private void beginStamp() {
    if (inStamp) {
      giveUpStamp();
    }
    inStamp = true;
    stampCount = 0;
  }

  private void accept(byte next) {
    if (!inStamp) {
      append(next);
    } else if (next == ' ' && parseStamp()) {
      inStamp = false;
    } else if (next == '\n' || next == ' ' || stampCount == LONGEST_STAMP) {
      giveUpStamp();
      append(next);
    } else {
      stamp[stampCount++] = next;
    }
  }

  private boolean parseStamp() {
    try {
      Instant parsed = Instant.parse(new String(stamp, 0, stampCount, StandardCharsets.ISO_8859_1));
      if (!midLine && count == 0) {
        at = parsed;
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Takes what looked like a stamp as text. */
  private void giveUpStamp() {
    inStamp = false;
    for (int i = 0; i < stampCount; i++) {
      append(stamp[i]);
    }
    stampCount = 0;
  }

  private void append(byte next) {
    if (next == '\n') {
      flush(true);
      inStamp = true;
      stampCount = 0;
    } else {
      if (count == LONGEST) {
        flush(false);
      }
      line[count++] = next;
    }
  }

  private void flush(boolean endsLine) {
    int length = endsLine && count > 0 && line[count - 1] == '\r' ? count - 1 : count;
    sink.accept(
        new LogChunk(source, at, new String(line, 0, length, StandardCharsets.UTF_8), endsLine));
    count = 0;
    midLine = !endsLine;
    if (endsLine) {
      at = null;
    }
  }
}
