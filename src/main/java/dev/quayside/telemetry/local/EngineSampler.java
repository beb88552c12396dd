package dev.quayside.telemetry.local;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.Engine;
import dev.quayside.engine.RawStats;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.ContainerSamples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Samples the containers of an engine whose kernel we cannot read, by asking it for each one. That
 * is dear for the engine, so only the visible rows are asked for each time, a tenth of the others
 * with them, and never more often than the engine can bear: each two seconds, or three times what
 * the last round took.
 */
final class EngineSampler implements AutoCloseable {

  private static final int AT_ONCE = 64;
  private static final int SHARE_OF_OTHERS = 10;
  private static final int REST_FACTOR = 3;
  private static final long SHORTEST_PERIOD_NANOS = Duration.ofSeconds(2).toNanos();

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Map<ContainerId, Latest> readings = new ConcurrentHashMap<>();
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile long lastRoundNanos;
  private volatile @Nullable Instant lastRoundEnded;
  private volatile boolean closed;
  private long startedNanos;
  private boolean started;
  private int turn;

  EngineSampler(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the newest samples at once and, if it is time, starts a round in the background. They
   * are as old as the last round that ended: a round over many containers may take a minute.
   *
   * @param visible rows on screen; null for all
   */
  ContainerSamples sweep(
      Engine engine, List<Container> containers, @Nullable Set<ContainerId> visible) {
    long now = nanoTime.getAsLong();
    long rest = Math.max(SHORTEST_PERIOD_NANOS, REST_FACTOR * lastRoundNanos);
    if ((!started || now - startedNanos >= rest) && busy.compareAndSet(false, true)) {
      started = true;
      startedNanos = now;
      List<Container> chosen = choose(containers, visible);
      Thread.ofVirtual().name("engine-samples").start(() -> round(engine, chosen));
    }
    Map<ContainerId, ContainerSample> samples = new HashMap<>();
    for (Container container : containers) {
      Latest reading = readings.get(container.id());
      if (container.live() && reading != null && reading.of(container)) {
        samples.put(container.id(), reading.sample);
      }
    }
    readings.keySet().retainAll(containers.stream().map(Container::id).toList());
    ContainerSamples.Source source =
        samples.isEmpty() ? ContainerSamples.Source.NONE : ContainerSamples.Source.ENGINE;
    Instant ended = lastRoundEnded;
    return new ContainerSamples(ended == null ? clock.instant() : ended, source, samples);
  }

  /**
   * Returns who is asked in this round: the visible, those without any sample yet, and each tenth
   * of the others.
   */
  List<Container> choose(List<Container> containers, @Nullable Set<ContainerId> visible) {
    List<Container> chosen = new ArrayList<>();
    int others = 0;
    for (Container container : containers) {
      if (!container.live()) {
        continue;
      }
      boolean wanted =
          visible == null
              || visible.contains(container.id())
              || !readings.containsKey(container.id());
      if (wanted || Math.floorMod(others++, SHARE_OF_OTHERS) == turn) {
        chosen.add(container);
      }
    }
    turn = (turn + 1) % SHARE_OF_OTHERS;
    return chosen;
  }

  /** Returns whether no round goes on. */
  boolean rests() {
    return !busy.get();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void round(Engine engine, List<Container> chosen) {
    long begun = nanoTime.getAsLong();
    List<Thread> asking = new ArrayList<>(chosen.size());
    try {
      for (Container container : chosen) {
        asking.add(Thread.ofVirtual().start(() -> ask(engine, container)));
      }
      for (Thread thread : asking) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lastRoundNanos = nanoTime.getAsLong() - begun;
      lastRoundEnded = clock.instant();
      busy.set(false);
    }
  }

  private void ask(Engine engine, Container container) {
    permits.acquireUninterruptibly();
    try {
      if (!closed) {
        RawStats stats = engine.stats(container.id());
        readings.merge(
            container.id(),
            new Latest(container, stats, null),
            (before, now) -> new Latest(container, stats, before));
      }
    } catch (ProblemException gone) {
      // Stopped meanwhile or the engine is lost, of which the model tells; the figure has no value
      // then.
      readings.remove(container.id());
    } finally {
      permits.release();
    }
  }

  /** Holds the newest counters of one run of a container and what they meant. */
  private static final class Latest {
    private final @Nullable Instant runSince;
    private final RawStats stats;
    private final ContainerSample sample;

    Latest(Container container, RawStats stats, @Nullable Latest before) {
      this.runSince = since(container);
      this.stats = stats;
      RawStats base = before != null && before.of(container) ? before.stats : null;
      double seconds =
          base == null ? 0 : Duration.between(base.readAt(), stats.readAt()).toNanos() / 1e9;
      OptionalDouble cores =
          base == null
              ? OptionalDouble.empty()
              : rate(base.cpuNanos(), stats.cpuNanos(), seconds * 1e9);
      this.sample =
          new ContainerSample(
              container.id(),
              stats.readAt(),
              cores,
              share(container, cores),
              memory(stats),
              stats.memoryLimit(),
              base == null
                  ? OptionalDouble.empty()
                  : rate(base.networkReceived(), stats.networkReceived(), seconds),
              base == null
                  ? OptionalDouble.empty()
                  : rate(base.networkSent(), stats.networkSent(), seconds),
              base == null
                  ? OptionalDouble.empty()
                  : rate(base.blockRead(), stats.blockRead(), seconds),
              base == null
                  ? OptionalDouble.empty()
                  : rate(base.blockWritten(), stats.blockWritten(), seconds),
              stats.processes());
    }

    boolean of(Container container) {
      Instant since = since(container);
      return since == null || since.equals(runSince);
    }

    private static @Nullable Instant since(Container container) {
      RuntimeFacts facts = container.facts();
      return facts == null ? null : facts.startedAt();
    }

    // Without a limit the share of all cores would be needed, and how many the engine has is not
    // told here.
    private static OptionalDouble share(Container container, OptionalDouble cores) {
      RuntimeFacts facts = container.facts();
      return facts == null || facts.cpuLimit().isEmpty() || cores.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(cores.getAsDouble() / facts.cpuLimit().getAsDouble());
    }

    private static OptionalLong memory(RawStats stats) {
      return stats.memoryUsage().isEmpty() || stats.memoryCache().isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(
              Math.max(0, stats.memoryUsage().getAsLong() - stats.memoryCache().getAsLong()));
    }

    private static OptionalDouble rate(OptionalLong before, OptionalLong now, double units) {
      if (before.isEmpty() || now.isEmpty() || units <= 0 || now.getAsLong() < before.getAsLong()) {
        return OptionalDouble.empty();
      }
      return OptionalDouble.of((now.getAsLong() - before.getAsLong()) / units);
    }
  }
}
