package dev.quayside.engine.socket;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Closes what takes too long. Sockets in the file system have no read timeout in the JDK, and
 * closing is the one thing that ends a blocked read everywhere.
 */
final class Deadlines implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer;

  Deadlines() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> Thread.ofPlatform().daemon().name("engine-deadlines").unstarted(task),
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Starts a deadline; a target that is attached to it is closed when the time is over. */
  Deadline start(Duration time) {
    return new Deadline(time);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Watches over one call. */
  final class Deadline {

    private static final int RUNNING = 0;
    private static final int MET = 1;
    private static final int MISSED = 2;

    private final Duration time;
    private final AtomicInteger state = new AtomicInteger(RUNNING);
    private final Future<?> alarm;
    private volatile @Nullable Closeable target;

    private Deadline(Duration time) {
      this.time = time;
      this.alarm = timer.schedule(this::expire, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Makes {@code closeable} what is closed when the time is over; at once if it is over. */
    void watch(Closeable closeable) {
      target = closeable;
      if (state.get() == MISSED) {
        close(closeable);
      }
    }

    /** Ends the watch in good time. */
    void meet() {
      if (state.compareAndSet(RUNNING, MET)) {
        alarm.cancel(false);
      }
    }

    boolean missed() {
      return state.get() == MISSED;
    }

    /**
     * Returns the failure to report: the missed deadline explains whatever its closing has caused.
     */
    IOException explain(IOException failure) {
      return missed() ? new DeadlineException(time) : failure;
    }

    private void expire() {
      if (state.compareAndSet(RUNNING, MISSED)) {
        Closeable current = target;
        if (current != null) {
          close(current);
        }
      }
    }

    private static void close(Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        // The reader sees its own exception and asks for the explanation.
      }
    }
  }
}
