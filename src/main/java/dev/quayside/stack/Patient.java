package dev.quayside.stack;

import dev.quayside.common.ProcessIdentity;
import dev.quayside.common.Progress;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Hands everything on, the operator's wish to stop only where work may be cut off in its middle,
 * and gives up by itself when nothing was said for too long. Safe for use by several threads.
 */
final class Patient implements Progress {

  private final Progress to;
  private final boolean mayStop;
  private final Duration silence;
  private final LongSupplier nanoClock;
  private volatile long heard;
  private volatile boolean gaveUp;

  /**
   * Creates it; the silence begins now.
   *
   * @param to who listens
   * @param mayStop whether the operator's wish to stop is handed on
   * @param silence after which it gives up
   * @param nanoClock measures it, as {@link System#nanoTime} does
   */
  Patient(Progress to, boolean mayStop, Duration silence, LongSupplier nanoClock) {
    this.to = to;
    this.mayStop = mayStop;
    this.silence = silence;
    this.nanoClock = nanoClock;
    this.heard = nanoClock.getAsLong();
  }

  @Override
  public void step(int number, int total, String text) {
    to.step(number, total, text);
  }

  @Override
  public void bytes(long done, long total) {
    to.bytes(done, total);
  }

  @Override
  public void line(String text) {
    heard = nanoClock.getAsLong();
    to.line(text);
  }

  @Override
  public void child(ProcessIdentity identity) {
    to.child(identity);
  }

  @Override
  public boolean cancelled() {
    if (mayStop && to.cancelled()) {
      return true;
    }
    if (nanoClock.getAsLong() - heard > silence.toNanos()) {
      gaveUp = true;
    }
    return gaveUp;
  }

  /** Returns whether it was silent for too long. */
  boolean gaveUp() {
    return gaveUp;
  }
}
