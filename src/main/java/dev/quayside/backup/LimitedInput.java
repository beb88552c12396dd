package dev.quayside.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses to expand to more than was allowed, so that a small archive cannot keep a reader busy for
 * ever.
 */
final class LimitedInput extends FilterInputStream {

  private long left;

  LimitedInput(InputStream source, long allowed) {
    super(source);
    this.left = allowed;
  }

  /** Allows {@code more} bytes in addition. */
  void allow(long more) {
    left += more;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int got = super.read(target, offset, length);
    if (got > left) {
      throw new ArchiveException(
          ArchiveException.Reason.TOO_MUCH, "it expands to more than its plan allows");
    }
    left -= Math.max(got, 0);
    return got;
  }
}
