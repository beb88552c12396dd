package dev.quayside.common;

import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries the newest value of something that changes, and tells observers about each change.
 *
 * <p>Publishing is serialised, so observers see values in one order; a value equal to the newest is
 * skipped. Observers run on the publisher's thread and must only pass on: no I/O, no locks, no long
 * work.
 *
 * @param <T> an immutable value
 */
public final class Feed<T> {

  private final Object order = new Object();
  private final CopyOnWriteArrayList<Consumer<? super T>> observers = new CopyOnWriteArrayList<>();
  private volatile T latest;

  /** Creates a feed whose newest value is {@code initial}. */
  public Feed(T initial) {
    this.latest = Objects.requireNonNull(initial);
  }

  /** Returns the newest value, from any thread, without waiting. */
  public T latest() {
    return latest;
  }

  /**
   * Makes {@code value} the newest and hands it to every observer, unless it equals the newest.
   * What an observer throws is thrown once all have had the value.
   */
  public void publish(T value) {
    synchronized (order) {
      if (value.equals(latest)) {
        return;
      }
      latest = value;
      RuntimeException first = null;
      for (Consumer<? super T> observer : observers) {
        try {
          observer.accept(value);
        } catch (RuntimeException mistake) {
          // One that fails must not keep the value from the others.
          first = joined(first, mistake);
        }
      }
      if (first != null) {
        throw first;
      }
    }
  }

  private static RuntimeException joined(@Nullable RuntimeException first, RuntimeException next) {
    if (first == null) {
      return next;
    }
    if (!next.equals(first)) {
      first.addSuppressed(next);
    }
    return first;
  }

  /**
   * Hands the newest value to {@code observer} at once, then each later one, until the subscription
   * is closed.
   */
  public Subscription observe(Consumer<? super T> observer) {
    synchronized (order) {
      observers.add(observer);
      observer.accept(latest);
    }
    return () -> observers.remove(observer);
  }
}
