package dev.quayside.exposure.status;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread wait between its ticks, for a period that may change meanwhile. The period counts
 * from the end of a tick's work to the next tick: a slow machine is measured less often, never
 * twice in a row. Safe from any thread.
 */
final class Ticker {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long periodNanos;
  private boolean due = true;
  private boolean closed;

  Ticker(Duration period) {
    this.periodNanos = period.toNanos();
  }

  /** Sets the time between ticks; a shorter one makes the next tick due at once. */
  void period(Duration period) {
    lock.lock();
    try {
      due |= period.toNanos() < periodNanos;
      periodNanos = period.toNanos();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next tick, the first of which is due at once; false once closed. */
  boolean awaitTick() {
    lock.lock();
    try {
      long remaining = periodNanos;
      while (!due && !closed && remaining > 0) {
        remaining = moved.awaitNanos(remaining);
      }
      due = false;
      return !closed;
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
