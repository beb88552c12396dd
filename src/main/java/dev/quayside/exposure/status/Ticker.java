package dev.quayside.exposure.status;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread wait for the next tick of a pace that may change meanwhile. Safe from any thread.
 */
final class Ticker {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long periodNanos;
  private long last;
  private boolean first = true;
  private boolean closed;

  Ticker(Duration period) {
    this.periodNanos = period.toNanos();
  }

  /** Sets the time between ticks; the running wait is shortened or lengthened. */
  void period(Duration period) {
    lock.lock();
    try {
      periodNanos = period.toNanos();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next tick; the first comes at once. Ticks that were missed are skipped, not made
   * up for.
   */
  boolean awaitTick() {
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        if (first || now - last >= periodNanos) {
          // Keep the rhythm unless a whole tick was lost.
          last = first || now - last >= 2 * periodNanos ? now : last + periodNanos;
          first = false;
          return true;
        }
        moved.awaitNanos(last + periodNanos - now);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the wait and all later ones. */
  void close() {
    lock.lock();
    try {
      closed = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
