package dev.quayside.engine;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the registry knows and decides what to do next. Confined to the registry's thread,
 * except where a method says otherwise; answers come back through {@code messages}, each marked
 * with the connection it belongs to, so that late ones of an earlier connection are dropped.
 */
final class Synchroniser implements AutoCloseable {

  private static final long SAFETY_LIST_NANOS = Duration.ofSeconds(60).toNanos();
  // For readings that wait for room, or for the end of the pause after a failure.
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(500).toNanos();
  private static final long FAR_NANOS = Duration.ofDays(1).toNanos();
  private static final Set<String> POINTLESS =
      Set.of(
          EngineFault.ENGINE_ADDRESS_INVALID.code(),
          EngineFault.ENGINE_CONTEXT_UNKNOWN.code(),
          EngineFault.ENGINE_CONFIGURATION_UNREADABLE.code());

  private final EngineSource source;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final Backoff backoff;
  private final LocalProcesses processes;
  private final Executor messages;
  private final Rows rows = new Rows();
  private final NetworkTable networks = new NetworkTable();

  private Connection connection = new Connection.Connecting();
  private boolean changed;
  private boolean complete;
  private int generation;
  private boolean attempting;
  private long nextAttempt;
  private @Nullable Locality locality;
  private @Nullable LifeWatch life;
  private @Nullable Subscription events;
  private @Nullable Reader reader;
  private boolean listing;
  private long nextList;
  private volatile @Nullable Engine engine;

  Synchroniser(
      EngineSource source,
      InstantSource clock,
      LongSupplier nanoClock,
      Backoff backoff,
      LocalProcesses processes,
      Executor messages) {
    this.source = source;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.backoff = backoff;
    this.processes = processes;
    this.messages = messages;
    this.nextAttempt = nanoClock.getAsLong();
  }

  /** Returns the connected engine; from any thread. */
  @Nullable Engine engine() {
    return engine;
  }

  /** Returns whether there is something new to publish. */
  boolean changed() {
    // Before the first list the rows are those of an earlier connection, shown as such.
    return changed || (complete && rows.changed());
  }

  /** Returns what is to be published and forgets that anything has changed. */
  EngineSnapshot snapshot() {
    changed = false;
    List<Container> containers = rows.arranged();
    if (complete) {
      networks.look(containers);
    }
    return new EngineSnapshot(connection, containers, complete, networks.networks());
  }

  /** Does what is due. */
  void proceed(long now) {
    Engine current = engine;
    if (current == null) {
      if (!attempting && nextAttempt - now <= 0) {
        attempt();
      }
      return;
    }
    if (!listing && nextList - now <= 0) {
      list(current);
    }
    if (complete && networks.begin(now)) {
      readNetworks(current);
    }
    Reader currentReader = reader;
    if (currentReader != null) {
      currentReader.request(rows.takeToRead());
      currentReader.proceed(now, rows.ticket());
    }
  }

  /** Returns when {@link #proceed} has something to do again, unless a message comes before. */
  long nextDue() {
    long now = nanoClock.getAsLong();
    if (engine == null) {
      return attempting ? now + FAR_NANOS : nextAttempt;
    }
    long due = listing ? now + FAR_NANOS : nextList;
    if (complete) {
      due = Math.min(due, networks.nextDue(now));
    }
    Reader current = reader;
    return current != null && current.busy() ? Math.min(due, now + LOOK_AGAIN_NANOS) : due;
  }

  void retryNow() {
    if (engine == null && !attempting) {
      backoff.reset();
      nextAttempt = nanoClock.getAsLong();
    }
  }

  private void attempt() {
    attempting = true;
    int mine = ++generation;
    start("engine-connect", () -> connect(mine), mine);
  }

  /**
   * Connects and opens the stream of events before the first list is asked for; on a thread of its
   * own.
   */
  private void connect(int mine) {
    Engine fresh = null;
    try {
      fresh = source.connect();
      Subscription stream =
          fresh.events(
              event -> messages.execute(() -> onEvent(mine, event)),
              problem -> messages.execute(() -> onLost(mine, problem.problem())));
      Engine connected = fresh;
      messages.execute(() -> onConnected(mine, connected, stream));
    } catch (ProblemException e) {
      if (fresh != null) {
        fresh.close();
      }
      messages.execute(() -> onRefused(mine, e.problem()));
    }
  }

  private void onConnected(int mine, Engine fresh, Subscription stream) {
    if (mine != generation) {
      stream.close();
      fresh.close();
      return;
    }
    attempting = false;
    engine = fresh;
    events = stream;
    locality = new Locality(fresh.info());
    life =
        LifeWatch.start(fresh, nanoClock, problem -> messages.execute(() -> onLost(mine, problem)));
    reader =
        new Reader(fresh, processes, reading -> messages.execute(() -> onReading(mine, reading)));
    listing = false;
    nextList = nanoClock.getAsLong();
  }

  private void onRefused(int mine, Problem problem) {
    if (mine == generation) {
      attempting = false;
      lose(problem);
    }
  }

  private void onLost(int mine, Problem problem) {
    if (mine != generation) {
      return;
    }
    if (attempting) {
      // The stream ended before its connection was announced; that message then meets a newer
      // generation.
      attempting = false;
      generation++;
    }
    lose(problem);
  }

  /** Marks everything as old, at once, and plans the next attempt. */
  private void lose(Problem problem) {
    generation++;
    release();
    networks.release(nanoClock.getAsLong());
    Instant since = connection instanceof Connection.Lost lost ? lost.since() : clock.instant();
    boolean pointless = POINTLESS.contains(problem.code());
    Duration pause = backoff.next();
    EngineInfo known = locality == null ? null : locality.info();
    nextAttempt = nanoClock.getAsLong() + (pointless ? FAR_NANOS : pause.toNanos());
    connection =
        new Connection.Lost(problem, since, pointless ? null : clock.instant().plus(pause), known);
    complete = false;
    changed = true;
  }

  private void release() {
    Subscription stream = events;
    Engine old = engine;
    LifeWatch watch = life;
    events = null;
    engine = null;
    reader = null;
    life = null;
    if (watch != null) {
      watch.close();
    }
    if (stream != null) {
      stream.close();
    }
    if (old != null) {
      Thread.ofVirtual().name("engine-release").start(old::close);
    }
  }

  private void onEvent(int mine, EngineEvent event) {
    if (mine == generation) {
      sawLife();
      if (event.kind() == EngineEvent.Kind.NETWORK
          || event.kind() == EngineEvent.Kind.NETWORK_LIST) {
        networks.want();
      }
      if (event.kind() != EngineEvent.Kind.NETWORK_LIST) {
        rows.apply(event);
      }
    }
  }

  private void list(Engine current) {
    listing = true;
    int mine = generation;
    long ticket = rows.ticket();
    boolean first = !complete;
    if (first) {
      networks.begun();
    }
    start(
        "engine-list",
        () -> {
          try {
            List<Container> listed = current.list();
            if (first) {
              // Together, so that nobody sees containers on networks that nobody has looked at.
              List<Network> read = networksOf(current);
              messages.execute(() -> onNetworks(mine, read));
            }
            messages.execute(() -> onListed(mine, listed, ticket));
          } catch (ProblemException e) {
            messages.execute(() -> onLost(mine, e.problem()));
          }
        },
        mine);
  }

  private void readNetworks(Engine current) {
    int mine = generation;
    start(
        "engine-networks",
        () -> {
          List<Network> read = networksOf(current);
          messages.execute(() -> onNetworks(mine, read));
        },
        mine);
  }

  // An engine, or a proxy before it, that refuses this one list is not lost.
  private static @Nullable List<Network> networksOf(Engine engine) {
    try {
      return engine.networks();
    } catch (ProblemException refused) {
      return null;
    }
  }

  private void onNetworks(int mine, @Nullable List<Network> read) {
    if (mine == generation && networks.ended(read, nanoClock.getAsLong())) {
      changed = true;
    }
  }

  private void onListed(int mine, List<Container> listed, long ticket) {
    if (mine != generation) {
      return;
    }
    sawLife();
    listing = false;
    nextList = nanoClock.getAsLong() + SAFETY_LIST_NANOS;
    if (complete) {
      rows.applyLaterList(listed, ticket);
    } else {
      rows.applyFirstList(listed, ticket);
      complete = true;
      backoff.reset();
      announce();
    }
    changed = true;
  }

  private void onReading(int mine, Reader.Reading reading) {
    Reader current = reader;
    if (mine != generation || current == null) {
      return;
    }
    current.ended(reading, nanoClock.getAsLong());
    Container container = reading.container();
    ProblemException problem = reading.problem();
    if (container != null) {
      sawLife();
      rows.applyReading(container, reading.ticket());
      judge(reading.local());
    } else if (problem != null
        && problem.problem().code().equals(EngineFault.CONTAINER_GONE.code())) {
      rows.applyGone(reading.id(), reading.ticket());
    } else {
      current.request(List.of(reading.id()));
    }
  }

  private void judge(@Nullable Boolean local) {
    Locality known = locality;
    if (known != null) {
      known.saw(local);
      if (connection instanceof Connection.Connected) {
        announce();
      }
    }
  }

  private void announce() {
    Locality known = locality;
    if (known == null) {
      throw new IllegalStateException("connected without knowing to what");
    }
    Connection told = new Connection.Connected(known.info());
    if (!told.equals(connection)) {
      connection = told;
      changed = true;
    }
  }

  private void sawLife() {
    LifeWatch watch = life;
    if (watch != null) {
      watch.seen();
    }
  }

  /**
   * Runs what may block on a thread of its own; a mistake of ours there counts as a loss, not as
   * silence.
   */
  private void start(String name, Runnable work, int mine) {
    Thread.ofVirtual()
        .name(name)
        .start(() -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            Problem problem = EngineFault.ENGINE_INTERNAL_ERROR.exception(e).problem();
            messages.execute(() -> onLost(mine, problem));
          }
        });
  }

  @Override
  public void close() {
    generation++;
    release();
  }
}
