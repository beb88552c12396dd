package dev.quayside.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Feed;
import dev.quayside.common.Subscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way from a feed to the FX thread, which the test drives itself. */
final class FxFeedTest {

  private final Deque<Runnable> fx = new ArrayDeque<>();
  private final List<Integer> seen = new ArrayList<>();
  private final Feed<Integer> feed = new Feed<>(0);

  private void runAll() {
    while (!fx.isEmpty()) {
      fx.remove().run();
    }
  }

  @Test
  void fiveThousandValuesAreOneHopWithTheNewest() {
    FxFeed.observe(feed, fx::add, seen::add);
    for (int value = 1; value <= 5_000; value++) {
      feed.publish(value);
    }
    assertThat(fx).hasSize(1);
    runAll();
    assertThat(seen).containsExactly(5_000);
  }

  @Test
  void aValuePublishedWhileTheConsumerRunsIsDeliveredToo() {
    FxFeed.observe(
        feed,
        fx::add,
        value -> {
          seen.add(value);
          if (value == 1) {
            feed.publish(2);
          }
        });
    runAll();
    feed.publish(1);
    runAll();
    assertThat(seen).containsExactly(0, 1, 2);
  }

  @Test
  void afterClosingNothingIsDeliveredNotEvenWhatWasQueued() {
    Subscription subscription = FxFeed.observe(feed, fx::add, seen::add);
    runAll();
    feed.publish(1);
    subscription.close();
    feed.publish(2);
    runAll();
    assertThat(seen).containsExactly(0);
  }
}
