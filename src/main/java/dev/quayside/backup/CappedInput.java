package dev.quayside.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends after a number of bytes, so that a look at the head of an archive reads no more than the
 * head.
 */
final class CappedInput extends FilterInputStream {

  private long left;

  CappedInput(InputStream source, long most) {
    super(source);
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left <= 0) {
      return -1;
    }
    int got = super.read(target, offset, (int) Math.min(length, left));
    left -= Math.max(got, 0);
    return got;
  }
}
