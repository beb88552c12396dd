package dev.quayside.pgp;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message and remembers if reading itself failed, because the layers above cannot tell a
 * broken disk, or a caller who wants to stop, from a damaged message.
 */
final class WatchedSource extends BufferedInputStream {

  private static final int BUFFER = 1 << 16;

  private final Watch watch;

  WatchedSource(InputStream message) {
    this(new Watch(message));
  }

  private WatchedSource(Watch watch) {
    super(watch, BUFFER);
    this.watch = watch;
  }

  /** Throws what reading the message threw, if it did. */
  void rethrow() throws IOException {
    if (watch.failure != null) {
      throw watch.failure;
    }
  }

  private static final class Watch extends FilterInputStream {

    private @Nullable IOException failure;

    Watch(InputStream message) {
      super(message);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
