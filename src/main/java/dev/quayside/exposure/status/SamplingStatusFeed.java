package dev.quayside.exposure.status;

import dev.quayside.common.Feed;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.exposure.Listening;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.SampleHistory;
import dev.quayside.telemetry.SelfSample;
import dev.quayside.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the two threads of a status feed: one measures at the pace, the other joins after each sweep
 * and at once after each change of the engine. A sweep that takes long therefore never holds back a
 * change of state.
 */
final class SamplingStatusFeed implements StatusFeed {

  private static final Logger LOG = LoggerFactory.getLogger(SamplingStatusFeed.class);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Feed<EngineSnapshot> engine;
  private final Telemetry telemetry;
  private final InstantSource clock;
  private final SnapshotJoiner joiner;
  private final Feed<StatusSnapshot> feed;
  private final Ticker ticker = new Ticker(Pace.VISIBLE.period());
  private final Signal changed = new Signal();
  private final Subscription subscription;
  private volatile Telemetry.Readings readings;
  private volatile boolean started;
  private @Nullable Thread sampler;

  /**
   * Joins what is known already.
   *
   * @param known gives the names of stacks without containers; asked by the joining thread only, as
   *     it may read a file
   * @param firstSweep measures once before, on the caller's thread
   */
  SamplingStatusFeed(
      Feed<EngineSnapshot> engine,
      Telemetry telemetry,
      Function<Container, Listening> listening,
      Supplier<List<String>> known,
      InstantSource clock,
      boolean firstSweep) {
    this.engine = engine;
    this.telemetry = telemetry;
    this.clock = clock;
    this.joiner = new SnapshotJoiner(listening, () -> started ? known.get() : List.of());
    this.readings = firstSweep ? telemetry.sweep(engine.latest()) : nothingYet(clock.instant());
    this.feed = new Feed<>(joiner.join(engine.latest(), readings, clock.instant()));
    this.subscription = engine.observe(snapshot -> changed.raise());
  }

  /** Starts both threads. */
  SamplingStatusFeed start() {
    started = true;
    sampler = Thread.ofPlatform().daemon().name("status-sampler").start(this::sample);
    Thread.ofPlatform().daemon().name("status-joiner").start(this::join);
    return this;
  }

  @Override
  public Feed<StatusSnapshot> feed() {
    return feed;
  }

  @Override
  public SampleHistory history() {
    return telemetry.history();
  }

  @Override
  public void pace(Pace pace) {
    ticker.period(pace.period());
  }

  @Override
  public void visible(Set<ContainerId> rows) {
    telemetry.visible(rows);
  }

  @Override
  public void close() {
    subscription.close();
    ticker.close();
    changed.close();
    Thread thread = sampler;
    if (thread == null) {
      return;
    }
    try {
      thread.join(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sample() {
    try {
      while (ticker.awaitTick()) {
        try {
          readings = telemetry.sweep(engine.latest());
        } catch (RuntimeException e) {
          // One broken sweep must not end all later ones; the figures show their age.
          LOG.error("sweep failed", e);
        }
        changed.raise();
      }
    } finally {
      // By the thread that uses it, so that nothing is closed under a sweep.
      telemetry.close();
    }
  }

  private void join() {
    while (changed.await()) {
      try {
        feed.publish(joiner.join(engine.latest(), readings, clock.instant()));
      } catch (RuntimeException e) {
        LOG.error("join failed", e);
      }
    }
  }

  private static Telemetry.Readings nothingYet(Instant now) {
    return new Telemetry.Readings(
        new ContainerSamples(now, ContainerSamples.Source.NONE, Map.of()),
        null,
        new GpuReading.NotYet(),
        new SelfSample(OptionalDouble.empty(), OptionalLong.empty()));
  }
}
