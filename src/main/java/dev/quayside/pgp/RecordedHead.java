package dev.quayside.pgp;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keeps the bytes of a message's head as they were read, up to {@link #end}. */
final class RecordedHead extends FilterInputStream {

  private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
  private boolean ended;

  RecordedHead(InputStream packets) {
    super(packets);
  }

  /** Ends the recording and returns what was read until now. */
  byte[] end() {
    ended = true;
    return recorded.toByteArray();
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    if (!ended && octet >= 0) {
      recorded.write(octet);
    }
    return octet;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (!ended && count > 0) {
      recorded.write(target, offset, count);
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
