package dev.quayside.engine.socket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads bytes and lines from a wire through one buffer. Not safe for use by several threads. */
final class WireReader {

  private final InputStream source;
  private final byte[] buffer = new byte[16 * 1024];
  private int position;
  private int end;

  WireReader(InputStream source) {
    this.source = source;
  }

  /** Reads at least one byte, or returns -1 at the end. */
  int read(byte[] target, int offset, int length) throws IOException {
    if (position == end) {
      if (length >= buffer.length) {
        return source.read(target, offset, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, end - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  /** Reads one byte, or returns -1 at the end. */
  int read() throws IOException {
    return position == end && !fill() ? -1 : buffer[position++] & 0xff;
  }

  /**
   * Reads a line that ends in CR LF, in ISO 8859-1, without its end.
   *
   * @param limit the most bytes to take before giving up
   * @throws EOFException if the other side ended before the first byte
   */
  String line(int limit) throws IOException {
    byte[] line = new byte[Math.min(limit, 256)];
    int count = 0;
    for (int next = read(); next != '\r'; next = read()) {
      if (next < 0) {
        throw count == 0
            ? new EOFException("the connection ended")
            : new HttpFormatException("cut in a line");
      }
      if (next == '\n' || count == limit) {
        throw new HttpFormatException(
            next == '\n' ? "a line without CR" : "a line of more than " + limit);
      }
      if (count == line.length) {
        line = Arrays.copyOf(line, Math.min(limit, count * 2));
      }
      line[count++] = (byte) next;
    }
    if (read() != '\n') {
      throw new HttpFormatException("CR without LF");
    }
    return new String(line, 0, count, StandardCharsets.ISO_8859_1);
  }

  /** Returns whether bytes wait in the buffer. */
  boolean holdsBytes() {
    return position < end;
  }

  private boolean fill() throws IOException {
    int count = source.read(buffer, 0, buffer.length);
    position = 0;
    end = Math.max(count, 0);
    return count > 0;
  }
}
