package dev.quayside.ui.fx;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when the FX thread does not answer: logs where it is after 250 ms, and reports the length
 * of a stall of one second or more.
 */
public final class PulseWatchdog implements AutoCloseable {

  /** A stall this long is logged with the place the FX thread is at. */
  public static final Duration WARN = Duration.ofMillis(250);

  /** A stall this long is reported; tests fail on it. */
  public static final Duration FAIL = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(PulseWatchdog.class);

  private final Executor fx;
  private final Duration period;
  private final Consumer<? super Duration> stalled;
  private final CountDownLatch closed = new CountDownLatch(1);

  private PulseWatchdog(Executor fx, Duration period, Consumer<? super Duration> stalled) {
    this.fx = fx;
    this.period = period;
    this.stalled = stalled;
  }

  /**
   * Starts watching.
   *
   * @param period how long to wait between two questions to the FX thread
   * @param stalled told the length of each stall of {@link #FAIL} or more, on the watchdog's thread
   */
  public static PulseWatchdog start(Duration period, Consumer<? super Duration> stalled) {
    return start(FxThread.executor(), period, stalled);
  }

  static PulseWatchdog start(Executor fx, Duration period, Consumer<? super Duration> stalled) {
    PulseWatchdog watchdog = new PulseWatchdog(fx, period, stalled);
    Thread.ofPlatform().daemon().name("pulse-watchdog").start(watchdog::watch);
    return watchdog;
  }

  private void watch() {
    try {
      while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
        askOnce();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void askOnce() throws InterruptedException {
    Question question = new Question();
    long asked = System.nanoTime();
    fx.execute(question::answer);
    if (question.answered(WARN)) {
      return;
    }
    LOG.warn("the FX thread has not answered for {} ms{}", WARN.toMillis(), question.place());
    while (!question.answered(FAIL) && closed.getCount() > 0) {
      LOG.warn("the FX thread still does not answer{}", question.place());
    }
    Duration length = Duration.ofNanos(System.nanoTime() - asked);
    if (length.compareTo(FAIL) >= 0) {
      stalled.accept(length);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /** Is answered by the FX thread, and tells where that thread was before. */
  private static final class Question {

    private final CountDownLatch latch = new CountDownLatch(1);

    void answer() {
      latch.countDown();
    }

    boolean answered(Duration within) throws InterruptedException {
      return latch.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    String place() {
      StringBuilder text = new StringBuilder();
      Thread.getAllStackTraces().entrySet().stream()
          .filter(entry -> entry.getKey().getName().equals("JavaFX Application Thread"))
          .findFirst()
          .ifPresent(entry -> {
            for (StackTraceElement frame : entry.getValue()) {
              text.append("\n  at ").append(frame);
            }
          });
      return text.toString();
    }
  }
}
