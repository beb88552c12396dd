package dev.quayside.exposure.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Hands bytes from one thread to another. What was read is wiped. Whoever writes more than a probe
 * needs is stopped by an exception, so that a stream without end costs neither memory nor time.
 */
final class Pipe {

  private static final int MOST = 64 * 1024;
  private static final int HEAD = 32;
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
  private final LongSupplier patience;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private int written;
  private volatile boolean discarding;
  private volatile boolean aborted;

  /**
   * Creates an empty one.
   *
   * @param patience nanoseconds that a reader may still wait
   */
  Pipe(LongSupplier patience) {
    this.patience = patience;
  }

  /** Says that nothing more will be written. */
  void end() {
    chunks.add(END);
  }

  /** Makes the reader fail, so that it gives up at once. */
  void abort() {
    aborted = true;
    chunks.add(END);
  }

  /** Returns whether the first bytes that were written are these. */
  boolean beganWith(String text) {
    synchronized (head) {
      return head.toString(StandardCharsets.US_ASCII).startsWith(text);
    }
  }

  private void keepHead(byte[] bytes, int offset, int length) {
    synchronized (head) {
      head.write(bytes, offset, Math.min(length, Math.max(0, HEAD - head.size())));
    }
  }

  /** Drops what is there and what comes, up to the limit. */
  void discard() {
    discarding = true;
    for (byte[] chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
      Arrays.fill(chunk, (byte) 0);
    }
  }

  /** Returns where a question is written, of which nothing is kept. */
  OutputStream writer() {
    return new Writer(false);
  }

  /** Returns where an answer is written. */
  OutputStream answerWriter() {
    return new Writer(true);
  }

  private final class Writer extends OutputStream {
    private final boolean keeping;

    Writer(boolean keeping) {
      this.keeping = keeping;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (keeping) {
        keepHead(bytes, offset, length);
      }
      written += length;
      if (written > MOST) {
        chunks.add(END);
        throw new IOException("more than a probe needs");
      }
      if (!discarding && length > 0) {
        chunks.add(Arrays.copyOfRange(bytes, offset, offset + length));
      }
    }
  }

  InputStream reader() {
    return new Reader();
  }

  private final class Reader extends InputStream {
    private byte[] current = END;
    private int position;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (position == current.length && !next()) {
        return -1;
      }
      int count = Math.min(length, current.length - position);
      System.arraycopy(current, position, buffer, offset, count);
      Arrays.fill(current, position, position + count, (byte) 0);
      position += count;
      return count;
    }

    private boolean next() throws IOException {
      if (ended) {
        return false;
      }
      try {
        byte[] chunk = chunks.poll(patience.getAsLong(), TimeUnit.NANOSECONDS);
        if (aborted) {
          throw new IOException("no longer needed");
        }
        if (chunk == null) {
          throw new InterruptedIOException("no answer in time");
        }
        ended = chunk.length == 0;
        current = chunk;
        position = 0;
        return !ended;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException(interrupted);
      }
    }
  }
}
