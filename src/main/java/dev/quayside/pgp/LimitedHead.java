package dev.quayside.pgp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the head of a message, which holds its session keys, and refuses to go on for ever; what
 * comes after {@link #end} is not limited.
 */
final class LimitedHead extends FilterInputStream {

  private int left;
  private boolean ended;

  LimitedHead(InputStream message, int limit) {
    super(message);
    this.left = limit;
  }

  /** Returns whether the head was longer than allowed. */
  boolean exceeded() {
    return !ended && left == 0;
  }

  /** Notes that the head is read. */
  void end() {
    ended = true;
  }

  @Override
  public int read() throws IOException {
    take(1);
    return super.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return super.read(target, offset, ended ? length : take(length));
  }

  private int take(int wanted) throws IOException {
    if (ended) {
      return wanted;
    }
    if (left == 0) {
      throw new IOException("the head of the message does not end");
    }
    int taken = Math.min(wanted, left);
    left -= taken;
    return taken;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
