package dev.quayside.exposure.status;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes one waiting thread; signals raised while it works are merged into one. Safe from any
 * thread.
 */
final class Signal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private boolean pending;
  private boolean closed;

  /** Wakes the waiting thread, now or when it next waits. */
  void raise() {
    lock.lock();
    try {
      pending = true;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a signal; false once closed. */
  boolean await() {
    lock.lock();
    try {
      while (!pending && !closed) {
        raised.await();
      }
      pending = false;
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
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
