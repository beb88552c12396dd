package dev.quayside.backup;

import dev.quayside.common.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ends an upload that takes nothing for too long, or that the operator cancels: whoever sends waits
 * for it and can look at neither.
 */
final class UploadWatch implements Runnable {

  private static final long TICK_MILLIS = 500;

  private final Counted stream;
  private final Future<?> task;
  private final Progress progress;
  private final Duration limit;
  private volatile boolean ended;
  private volatile @Nullable IOException stopped;

  /**
   * Watches {@code task}.
   *
   * @param stream what the task reads
   * @param limit how long it may take nothing although there is something, or after the end
   */
  UploadWatch(Counted stream, Future<?> task, Progress progress, Duration limit) {
    this.stream = stream;
    this.task = task;
    this.progress = progress;
    this.limit = limit;
  }

  /** Counts what is read. */
  static final class Counted extends FilterInputStream {

    private final AtomicLong taken = new AtomicLong();

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      if (n > 0) {
        taken.addAndGet(n);
      }
      return n;
    }

    long taken() {
      return taken.get();
    }
  }

  /** Tells that nothing more is sent. */
  void end() {
    ended = true;
  }

  /** Returns why the task was ended; null if it was not. */
  @Nullable IOException stopped() {
    return stopped;
  }

  @Override
  public void run() {
    long taken = -1;
    long since = System.nanoTime();
    while (true) {
      try {
        var _ = task.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException stillAtIt) {
        long now = System.nanoTime();
        if (stream.taken() != taken || !waited()) {
          taken = stream.taken();
          since = now;
        }
        if (progress.cancelled()) {
          stop(new CancelledException());
        } else if (now - since >= limit.toNanos()) {
          stop(
              new TargetException(
                  new IOException("the engine took nothing for " + limit.toSeconds() + " s")));
        }
      } catch (CancellationException | ExecutionException over) {
        return; // whoever waits for it says why
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Returns whether the task has something to do. */
  private boolean waited() {
    try {
      return ended || stream.available() > 0;
    } catch (IOException closed) {
      return true;
    }
  }

  private void stop(IOException why) {
    stopped = why;
    task.cancel(true);
    try {
      stream.close(); // tells the writer that nobody reads any more
    } catch (IOException nothingToTell) {
      return;
    }
  }
}
