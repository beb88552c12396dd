package dev.quayside.ui.fx;

import dev.quayside.common.Feed;
import dev.quayside.common.Subscription;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Brings the newest value of a feed to the FX thread. However often the feed publishes, at most one
 * hop is queued; a hop that runs hands over the newest value of that moment.
 */
public final class FxFeed {

  private FxFeed() {}

  /**
   * Hands the newest value of {@code feed} to {@code consumer} on the FX thread until the
   * subscription is closed.
   */
  public static <T> Subscription observe(Feed<T> feed, Consumer<? super T> consumer) {
    return observe(feed, FxThread.executor(), consumer);
  }

  static <T> Subscription observe(Feed<T> feed, Executor hop, Consumer<? super T> consumer) {
    AtomicBoolean queued = new AtomicBoolean();
    AtomicBoolean open = new AtomicBoolean(true);
    Runnable deliver =
        () -> {
          // Cleared first: a value published while the consumer runs queues another hop.
          queued.set(false);
          if (open.get()) {
            consumer.accept(feed.latest());
          }
        };
    Subscription source =
        feed.observe(value -> {
          if (queued.compareAndSet(false, true)) {
            hop.execute(deliver);
          }
        });
    return () -> {
      open.set(false);
      source.close();
    };
  }
}
