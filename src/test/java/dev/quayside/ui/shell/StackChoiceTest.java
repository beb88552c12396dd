package dev.quayside.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.guard.Garbage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

/** Which stack the window is about. */
final class StackChoiceTest {

  private static StatusSnapshot demo() {
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-14T09:26:53Z"));
    try (DemoEngine engine = new DemoEngine(clock);
        StatusFeed feed = StatusFeeds.demo(engine, clock)) {
      return feed.feed().latest();
    }
  }

  @Test
  void aStackThatWasAdoptedJustNowIsAmongTheNamesAtOnce() {
    StackChoice stacks = new StackChoice();
    stacks.choose("just-adopted");
    assertThat(stacks.names()).containsExactly(StackChoice.ALL, "just-adopted");
    assertThat(stacks.chosen().get()).isEqualTo("just-adopted");
  }

  @Test
  void whoListensIsToldAlsoAfterTheCollectorRan() throws Exception {
    StackChoice stacks = new StackChoice();
    AtomicInteger changes = new AtomicInteger();
    stacks.names().addListener((ListChangeListener<String>) change -> changes.incrementAndGet());
    Garbage.collect();

    stacks.learn(demo());

    assertThat(changes).hasPositiveValue();
    assertThat(stacks.names()).startsWith(StackChoice.ALL).contains("dream-server");
  }

  @Test
  void theOnlyStackThereIsNeedsNotBeChosenByHand() {
    StackChoice stacks = new StackChoice();
    assertThat(stacks.chooseOnly()).isFalse();
    stacks.choose("shop");
    stacks.choose(StackChoice.ALL);
    assertThat(stacks.chooseOnly()).isTrue();
    assertThat(stacks.chosen().get()).isEqualTo("shop");
    stacks.choose("other");
    stacks.choose(StackChoice.ALL);
    assertThat(stacks.chooseOnly()).isFalse();
  }

  @Test
  void theSameStacksAgainAreNoChange() {
    StackChoice stacks = new StackChoice();
    stacks.learn(demo());
    AtomicInteger changes = new AtomicInteger();
    stacks.names().addListener((ListChangeListener<String>) change -> changes.incrementAndGet());

    stacks.learn(demo());

    assertThat(changes).hasValue(0);
  }

  @Test
  void onlyTheServicesOfTheChosenStackAreItsServices() {
    StackChoice stacks = new StackChoice();
    StatusSnapshot snapshot = demo();
    int all = stacks.services(snapshot).size();

    stacks.choose("dream-server");

    assertThat(stacks.services(snapshot)).isNotEmpty().hasSizeLessThan(all);
    assertThat(stacks.services(snapshot))
        .allSatisfy(one -> assertThat(one.container().project()).isEqualTo("dream-server"));
  }
}
