package dev.quayside.common;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Splits bytes into lines of UTF-8 text, each at most {@code longest} bytes: a longer line is
 * handed on in pieces. Ends lines at LF and drops a CR before it. Not safe for use by several
 * threads.
 */
public final class LineSplitter {

  private final byte[] line;
  private final Consumer<String> sink;
  private int count;

  /** Creates a splitter that hands lines to {@code sink}. */
  public LineSplitter(int longest, Consumer<String> sink) {
    this.line = new byte[longest];
    this.sink = sink;
  }

  /** Takes the first {@code length} bytes of {@code buffer}. */
  public void accept(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        flush(count > 0 && line[count - 1] == '\r' ? count - 1 : count);
      } else {
        if (count == line.length) {
          flush(count);
        }
        line[count++] = buffer[i];
      }
    }
  }

  /** Hands on a last line that had no end. */
  public void end() {
    if (count > 0) {
      flush(count);
    }
    Arrays.fill(line, (byte) 0);
  }

  private void flush(int length) {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    count = 0;
    sink.accept(text);
  }
}
