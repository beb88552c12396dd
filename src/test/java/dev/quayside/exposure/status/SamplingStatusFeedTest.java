package dev.quayside.exposure.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Feed;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.Listening;
import dev.quayside.telemetry.DemoTelemetry;
import dev.quayside.telemetry.SampleHistory;
import dev.quayside.telemetry.Telemetry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SamplingStatusFeedTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
  private final DemoEngine engine = new DemoEngine(NOON, later -> {});
  private final Scripted telemetry = new Scripted();
  private volatile List<String> known = List.of();
  private final SamplingStatusFeed feed =
      new SamplingStatusFeed(
          engine.feed(),
          telemetry,
          container -> new Listening.Hidden("demo"),
          () -> known,
          NOON,
          false);

  @AfterEach
  void close() {
    telemetry.release.countDown();
    feed.close();
  }

  @Test
  void beforeTheFirstSweepTheRowsAreThereAndTheirFiguresUnknown() {
    assertThat(rows(feed.feed().latest())).isEqualTo(18);
    assertThat(feed.feed().latest().host()).isNull();
    assertThat(feed.feed().latest().sampledAt()).isNull();
    assertThat(feed.feed().latest().stacks().getFirst().services())
        .allMatch(row -> row.sample() == null);
  }

  @Test
  void aChangeOfTheEngineIsShownWhileASweepHangs() throws Exception {
    telemetry.hang = true;
    feed.start();
    assertThat(telemetry.begun.await(30, TimeUnit.SECONDS)).isTrue();
    Container ollama = container("ollama");
    engine.control().stop(ollama.id(), java.time.Duration.ofSeconds(1));
    await(snapshot ->
        snapshot.stacks().getLast().services().stream()
            .anyMatch(row -> row.container().id().equals(ollama.id()) && !row.container().live()));
    assertThat(telemetry.sweeps).hasValue(1);
  }

  @Test
  void aSweepThatFailsDoesNotEndTheLaterOnes() throws Exception {
    telemetry.failures.set(1);
    feed.start();
    await(snapshot -> snapshot.sampledAt() == null);
    assertThat(telemetry.begun.await(30, TimeUnit.SECONDS)).isTrue();
    feed.pace(Pace.HIDDEN);
    feed.pace(Pace.VISIBLE);
    await(snapshot -> snapshot.host() != null);
    assertThat(telemetry.sweeps.get()).isGreaterThan(1);
  }

  @Test
  void closingClosesTheSamplersOnceTheirSweepIsOver() {
    feed.start();
    feed.close();
    feed.close();
    assertThat(telemetry.closed).hasValue(1);
  }

  @Test
  void aRemovedContainerLeavesNoRow() throws Exception {
    feed.start();
    Container ollama = container("ollama");
    engine.control().stop(ollama.id(), java.time.Duration.ofSeconds(1));
    engine.control().remove(ollama.id(), true);
    await(snapshot -> rows(snapshot) == 17 && snapshot.stacks().getLast().services().size() == 3);
  }

  @Test
  void anAdoptedStackIsThereAlsoWithoutContainers() throws Exception {
    feed.start();
    known = List.of("adopted", "dream-server");
    await(snapshot ->
        snapshot.stacks().stream()
            .anyMatch(stack -> stack.name().equals("adopted") && stack.services().isEmpty()));
    assertThat(rows(feed.feed().latest())).isEqualTo(18);
  }

  private void await(Predicate<StatusSnapshot> wanted) throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    try (var observing =
        feed.feed()
            .observe(snapshot -> {
              if (wanted.test(snapshot)) {
                seen.countDown();
              }
            })) {
      assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Container container(String name) {
    Feed<EngineSnapshot> containers = engine.feed();
    return containers.latest().containers().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static int rows(StatusSnapshot snapshot) {
    return snapshot.stacks().stream().mapToInt(stack -> stack.services().size()).sum();
  }

  /** Measures the demo, and hangs or fails when told to. */
  private final class Scripted implements Telemetry {
    private final Telemetry demo = new DemoTelemetry(engine, NOON);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger sweeps = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean hang;

    @Override
    public Readings sweep(EngineSnapshot snapshot) {
      sweeps.incrementAndGet();
      begun.countDown();
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("scripted failure");
      }
      if (hang) {
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return demo.sweep(snapshot);
    }

    @Override
    public SampleHistory history() {
      return demo.history();
    }

    @Override
    public void visible(Set<ContainerId> rows) {}

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
