package dev.quayside.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTest {

  private final Feed<String> feed = new Feed<>("first");
  private final List<String> seen = new ArrayList<>();

  @Test
  void anObserverGetsTheNewestAtOnceThenEachChangeUntilItIsClosed() {
    Subscription subscription = feed.observe(seen::add);
    feed.publish("second");
    feed.publish("second");
    subscription.close();
    feed.publish("third");

    assertThat(seen).containsExactly("first", "second");
    assertThat(feed.latest()).isEqualTo("third");
  }

  @Test
  void anObserverThatFailsKeepsNothingFromTheOthers() {
    feed.observe(value -> {
      if (value.equals("second")) {
        throw new IllegalStateException("mine");
      }
    });
    feed.observe(seen::add);

    assertThatThrownBy(() -> feed.publish("second")).hasMessage("mine");
    assertThat(seen).containsExactly("first", "second");
    feed.publish("third");
    assertThat(seen).containsExactly("first", "second", "third");
  }
}
