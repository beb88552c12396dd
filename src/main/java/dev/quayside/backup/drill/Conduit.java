package dev.quayside.backup.drill;

import dev.quayside.backup.CancelledException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Leads what one thread writes to a command that another thread runs. When the command has ended,
 * the rest is dropped: its exit status says what that means. Holds a few pieces at most.
 */
final class Conduit extends OutputStream {

  private static final int PIECES = 16;
  private static final long LOOK_MILLIS = 200;
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
  private final Progress progress;
  private volatile boolean deaf;
  private boolean closed;

  Conduit(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (length > 0) {
      byte[] piece = new byte[length];
      System.arraycopy(source, offset, piece, 0, length);
      pass(piece);
    }
  }

  private void pass(byte[] piece) throws IOException {
    try {
      while (!deaf && !pieces.offer(piece, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (progress.cancelled()) {
          throw new CancelledException();
        }
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Tells the command that this was all. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      pass(END);
    }
  }

  /** Drops what comes from now on: nobody reads any more. */
  void deafen() {
    deaf = true;
    pieces.clear();
  }

  /** Returns the other end, for one reader. */
  InputStream input() {
    return new Outlet();
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }

  private final class Outlet extends InputStream {

    private byte[] current = new byte[0];
    private int position;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position == current.length && !next()) {
        return -1;
      }
      int taken = Math.min(length, current.length - position);
      System.arraycopy(current, position, target, offset, taken);
      position += taken;
      return taken;
    }

    private boolean next() throws IOException {
      if (ended) {
        return false;
      }
      try {
        current = pieces.take();
      } catch (InterruptedException e) {
        throw interrupted();
      }
      position = 0;
      ended = current.length == 0;
      return !ended;
    }
  }
}
