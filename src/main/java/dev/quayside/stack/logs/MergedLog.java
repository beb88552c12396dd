package dev.quayside.stack.logs;

import dev.quayside.common.Feed;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.LogRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs a {@link LogQuery} asks for as one merged stream, until it is closed or, without
 * following, until all are read. It follows the live model: a recreated container is read under the
 * same service, a restarted one goes on after its last line.
 *
 * <p>Lines are handed on in merged order, one batch at a time, from its own threads; the receiver
 * must only pass on.
 */
public final class MergedLog implements AutoCloseable {

  private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int MOST_WAITING = 20_000;
  private static final long MOST_WAITING_BYTES = 32L << 20;
  private static final long TICK_MILLIS = 60;
  private static final long AGAIN_MILLIS = 1_000;

  private final LogOpener opener;
  private final LogQuery query;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Consumer<List<LogLine>> receiver;
  private final Feed<List<LogSource>> sources = new Feed<>(List.of());
  private final Feed<Boolean> ended = new Feed<>(false);

  /** Guards the merger and the order in which batches are handed on. */
  private final Object order = new Object();

  private final TimeMerger merger = new TimeMerger(WINDOW, MOST_WAITING, MOST_WAITING_BYTES);

  /** Only touched by the worker. */
  private final Map<ContainerId, Tracked> tracked = new HashMap<>();

  private final ScheduledExecutorService worker;
  private final AtomicBoolean lookPending = new AtomicBoolean();
  private final AtomicBoolean tickPending = new AtomicBoolean();
  private final Feed<EngineSnapshot> model;
  private final Instant begun;
  private volatile boolean closed;
  private volatile @Nullable Problem lost;
  private @Nullable Subscription observation;

  private static final class Tracked {
    final SourceReader reader;
    LogSource shown;
    boolean seenLive;
    long notBefore;
    @Nullable Subscription stream;

    Tracked(SourceReader reader) {
      this.reader = reader;
      this.shown = new LogSource(reader.name(), reader.container().id(), false, null);
    }
  }

  MergedLog(
      LogOpener opener,
      Feed<EngineSnapshot> model,
      LogQuery query,
      InstantSource clock,
      LongSupplier nanos,
      Consumer<List<LogLine>> receiver) {
    this.opener = opener;
    this.model = model;
    this.query = query;
    this.clock = clock;
    this.nanos = nanos;
    this.receiver = receiver;
    this.begun = clock.instant();
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("logs-", 0).factory());
  }

  /**
   * Starts to read and returns at once.
   *
   * @param engine gives the connected engine, or null while there is none
   * @param model what runs
   * @param query whose logs
   * @param clock stamps lines that the engine did not stamp
   * @param nanos monotonic time
   * @param receiver gets the lines, in order, batch by batch, never two at once; must only pass on
   */
  public static MergedLog open(
      Supplier<@Nullable Engine> engine,
      Feed<EngineSnapshot> model,
      LogQuery query,
      InstantSource clock,
      LongSupplier nanos,
      Consumer<List<LogLine>> receiver) {
    LogOpener opener =
        (id, request, onChunk, onEnd) -> {
          Engine connected = engine.get();
          if (connected == null) {
            throw new ProblemException(LogProblems.noEngine());
          }
          return connected.logs(id, request, onChunk, onEnd);
        };
    return new MergedLog(opener, model, query, clock, nanos, receiver).start();
  }

  /** Starts to read; once. */
  MergedLog start() {
    observation = model.observe(snapshot -> look());
    return this;
  }

  /** Tells which containers are read and which could not be. */
  public Feed<List<LogSource>> sources() {
    return sources;
  }

  /** Tells whether there is nothing more to come; never true while following. */
  public Feed<Boolean> ended() {
    return ended;
  }

  /**
   * Returns why it ended before it was known what there is to read, or null; what could not be read
   * of single containers is told by {@link #sources}.
   */
  public @Nullable Problem lost() {
    return lost;
  }

  @Override
  public void close() {
    closed = true;
    Subscription observing = observation;
    if (observing != null) {
      observing.close();
    }
    submit(() -> tracked.values().forEach(MergedLog::closeStream));
    worker.shutdown();
  }

  private void submit(Runnable task) {
    try {
      worker.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed in between: there is nobody left to tell.
      lookPending.set(true);
    }
  }

  private void later(Runnable task, long millis) {
    try {
      var _ = worker.schedule(task, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      lookPending.set(true);
    }
  }

  /** Compares the live model with what is read, on the worker. */
  private void look() {
    if (!closed && lookPending.compareAndSet(false, true)) {
      submit(() -> {
        lookPending.set(false);
        reconcile(model.latest());
      });
    }
  }

  private void reconcile(EngineSnapshot snapshot) {
    if (closed || ended.latest()) {
      return;
    }
    if (!snapshot.complete()) {
      giveUp(snapshot);
      return;
    }
    List<Container> wanted = snapshot.containers().stream().filter(query::wants).toList();
    synchronized (order) {
      // All at once, so that the backlog of the first waits for that of the last.
      wanted.stream()
          .filter(container -> !tracked.containsKey(container.id()))
          .forEach(container -> merger.expect(container.id()));
    }
    Set<ContainerId> present = new HashSet<>();
    for (Container container : wanted) {
      present.add(container.id());
      consider(container);
    }
    tracked
        .values()
        .removeIf(one -> one.stream == null && !present.contains(one.shown.container()));
    publish();
    if (nothingMoreToCome()) {
      finish();
    }
  }

  private boolean nothingMoreToCome() {
    return !query.follow() && tracked.values().stream().allMatch(one -> one.stream == null);
  }

  /** Ends where the engine is lost and nobody follows: it may be away for good. */
  private void giveUp(EngineSnapshot snapshot) {
    if (nothingMoreToCome() && snapshot.connection() instanceof Connection.Lost away) {
      lost = away.problem();
      publish();
      finish();
    }
  }

  private void consider(Container container) {
    Tracked known = tracked.get(container.id());
    if (known == null) {
      Tracked added = new Tracked(new SourceReader(container, query.nameOf(container), clock));
      tracked.put(container.id(), added);
      added.seenLive = container.live();
      open(added);
    } else if (query.follow() && known.stream == null && (container.live() || known.seenLive)) {
      long wait = known.notBefore - nanos.getAsLong();
      if (wait > 0) {
        later(this::look, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
        return;
      }
      // A container seen running and found stopped may have said something in between: read once
      // more.
      known.seenLive = container.live();
      open(known);
    }
  }

  private void open(Tracked one) {
    SourceReader reader = one.reader;
    Container container = reader.container();
    ContainerId id = container.id();
    reader.begin();
    Instant last = reader.last();
    Instant created = container.created();
    boolean made = created != null && created.isAfter(begun);
    int tail = last != null || made ? LogQuery.ALL : query.tail();
    Instant since = last != null ? last : query.since();
    synchronized (order) {
      merger.expect(id);
    }
    one.notBefore = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(AGAIN_MILLIS);
    try {
      one.stream =
          opener.logs(
              id,
              new LogRequest(since, null, tail, query.follow()),
              chunk -> take(id, reader.accept(chunk)),
              failure -> streamEnded(one, failure));
      one.shown = new LogSource(reader.name(), id, true, null);
      synchronized (order) {
        merger.open(id, nanos.getAsLong());
        handOn(merger.drain(nanos.getAsLong()));
      }
    } catch (ProblemException e) {
      synchronized (order) {
        merger.close(id);
      }
      one.stream = null;
      one.notBefore = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(5 * AGAIN_MILLIS);
      one.shown = new LogSource(reader.name(), id, false, e.problem());
    }
  }

  private void streamEnded(Tracked one, @Nullable ProblemException failure) {
    ContainerId id = one.shown.container();
    take(id, one.reader.end());
    synchronized (order) {
      merger.close(id);
    }
    submit(() -> {
      closeStream(one);
      Problem problem = failure == null ? one.shown.problem() : failure.problem();
      one.shown = new LogSource(one.shown.service(), id, false, problem);
      reconcile(model.latest());
    });
  }

  private static void closeStream(Tracked one) {
    Subscription stream = one.stream;
    one.stream = null;
    if (stream != null) {
      stream.close();
    }
  }

  private void take(ContainerId id, List<LogLine> lines) {
    if (closed || lines.isEmpty()) {
      return;
    }
    synchronized (order) {
      long now = nanos.getAsLong();
      for (LogLine line : lines) {
        merger.add(id, line, now);
      }
      handOn(merger.drain(now));
    }
  }

  /** Hands on under the lock, so that batches cannot overtake each other. */
  private void handOn(List<LogLine> ready) {
    if (!ready.isEmpty()) {
      receiver.accept(ready);
    }
    if (merger.size() > 0 && tickPending.compareAndSet(false, true)) {
      later(this::tick, TICK_MILLIS);
    }
  }

  private void tick() {
    tickPending.set(false);
    synchronized (order) {
      if (!closed) {
        handOn(merger.drain(nanos.getAsLong()));
      }
    }
  }

  private void finish() {
    synchronized (order) {
      List<LogLine> rest = merger.drainAll();
      if (!rest.isEmpty()) {
        receiver.accept(rest);
      }
    }
    ended.publish(true);
  }

  private void publish() {
    sources.publish(
        tracked.values().stream()
            .map(one -> one.shown)
            .sorted(Comparator.comparing(LogSource::service).thenComparing(LogSource::container))
            .toList());
  }
}
