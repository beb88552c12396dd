package dev.quayside.backup;

import dev.quayside.common.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reports bytes to a progress now and then, and stops the work when the operator asked for it. */
final class Meter {

  private static final long REPORT = 1 << 20;

  private final Progress progress;
  private final long total;
  private long done;
  private long reported;

  Meter(Progress progress, long total) {
    this.progress = progress;
    this.total = total;
  }

  void advance(long bytes) throws CancelledException {
    done += bytes;
    if (done - reported >= REPORT) {
      reported = done;
      progress.bytes(Math.min(done, total), total);
    }
    check();
  }

  void check() throws CancelledException {
    if (progress.cancelled()) {
      throw new CancelledException();
    }
  }

  /** Reads an archive's file, counting its bytes. */
  InputStream counting(InputStream source) {
    return new FilterInputStream(source) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int got;
        try {
          got = super.read(target, offset, length);
        } catch (IOException e) {
          throw new SourceException(e);
        }
        advance(Math.max(got, 0));
        return got;
      }
    };
  }
}
