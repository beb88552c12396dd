package dev.quayside.engine.socket;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Reads the body of a response: of known length, in chunks, or up to the end of the connection. A
 * body that ends before its length is an error, never a short body.
 */
final class BodyStream extends InputStream {

  private static final int LONGEST_CHUNK_LINE = 1024;
  private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9a-fA-F]{1,8})[ \\t]*(?:;.*)?");

  private final WireReader reader;
  private final boolean chunked;
  private final Runnable onComplete;
  private long remaining;
  private boolean firstChunk = true;
  private boolean complete;

  /**
   * Creates a stream.
   *
   * @param onComplete called once, when the last byte was read; the connection then stands before
   *     the next response, or has ended with the body
   */
  BodyStream(WireReader reader, ResponseHead head, Runnable onComplete) throws HttpFormatException {
    this.reader = reader;
    this.chunked = head.chunked();
    this.remaining = chunked ? 0 : head.length();
    this.onComplete = onComplete;
    if (!chunked && remaining == 0) {
      finish();
    }
  }

  boolean complete() {
    return complete;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (chunked && remaining == 0 && !complete) {
      nextChunk();
    }
    if (complete) {
      return -1;
    }
    return remaining == ResponseHead.UNTIL_END
        ? readToEnd(target, offset, length)
        : readCounted(target, offset, length);
  }

  private int readToEnd(byte[] target, int offset, int length) throws IOException {
    int count = reader.read(target, offset, length);
    if (count < 0) {
      finish();
    }
    return count;
  }

  private int readCounted(byte[] target, int offset, int length) throws IOException {
    int count = reader.read(target, offset, (int) Math.min(length, remaining));
    if (count < 0) {
      throw new HttpFormatException("the body was cut");
    }
    remaining -= count;
    if (remaining == 0 && !chunked) {
      finish();
    }
    return count;
  }

  private void nextChunk() throws IOException {
    if (!firstChunk && !reader.line(0).isEmpty()) {
      throw new HttpFormatException("a chunk without end");
    }
    firstChunk = false;
    var size = CHUNK_SIZE.matcher(reader.line(LONGEST_CHUNK_LINE));
    if (!size.matches()) {
      throw new HttpFormatException("not a chunk size");
    }
    remaining = Long.parseLong(size.group(1), 16);
    if (remaining == 0) {
      ResponseHead.readHeaders(reader);
      finish();
    }
  }

  private void finish() {
    complete = true;
    onComplete.run();
  }
}
