package dev.quayside.engine;

import dev.quayside.common.Feed;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the live model of one engine: one list, then events, re-synchronised after each loss. It
 * connects, notices a lost or frozen engine within two seconds and connects again with back-off.
 *
 * <p>All state lives on one thread that takes messages from a queue; whatever may block runs on
 * others and sends its result as a message.
 */
public final class ContainerRegistry implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerRegistry.class);
  // A burst of events becomes one snapshot each 10 ms; a single event is published at once.
  private static final long BETWEEN_SNAPSHOTS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int MOST_MESSAGES_AT_ONCE = 1000;

  private final Feed<EngineSnapshot> feed = new Feed<>(EngineSnapshot.nothingYet());
  private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final LongSupplier nanoClock;
  private final Synchroniser synchroniser;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean over;

  private ContainerRegistry(
      EngineSource source,
      InstantSource clock,
      LongSupplier nanoClock,
      RandomGenerator random,
      Path proc) {
    this.nanoClock = nanoClock;
    this.synchroniser =
        new Synchroniser(
            source, clock, nanoClock, new Backoff(random), new LocalProcesses(proc), this::deliver);
    this.thread = Thread.ofPlatform().daemon().name("engine-registry").unstarted(this::work);
  }

  /** Starts to connect and returns at once. */
  public static ContainerRegistry open(EngineSource source, InstantSource clock) {
    ContainerRegistry registry =
        new ContainerRegistry(
            source, clock, System::nanoTime, RandomGenerator.getDefault(), Path.of("/proc"));
    registry.thread.start();
    return registry;
  }

  /**
   * Returns the feed of the model. Observers run on the registry's thread and must only pass on.
   */
  public Feed<EngineSnapshot> feed() {
    return feed;
  }

  /**
   * Returns the connected engine, or null while there is none. The registry closes it. What is
   * known of it stands better in the newest snapshot: that it is local is certain only when a
   * container's process has been found.
   */
  public @Nullable Engine engine() {
    return synchroniser.engine();
  }

  /** Tries at once to connect again instead of waiting for the next attempt. */
  public void retryNow() {
    deliver(synchroniser::retryNow);
  }

  /** Ends the connection and all threads; the feed keeps its last value. */
  @Override
  public void close() {
    closed = true;
    mailbox.add(() -> {});
  }

  /** Takes a message from any thread; after the end too, as one may carry an open connection. */
  private void deliver(Runnable message) {
    mailbox.add(message);
    if (over) {
      clear();
    }
  }

  /** Takes what is left, which then gives up whatever it carries; the registry's thread is done. */
  private synchronized void clear() {
    for (Runnable left = mailbox.poll(); left != null; left = mailbox.poll()) {
      guarded(left);
    }
  }

  private void work() {
    long lastPublished = nanoClock.getAsLong() - BETWEEN_SNAPSHOTS_NANOS;
    try {
      while (!closed) {
        long now = nanoClock.getAsLong();
        synchroniser.proceed(now);
        boolean changed = synchroniser.changed();
        long untilSnapshot = lastPublished + BETWEEN_SNAPSHOTS_NANOS - now;
        if (changed && untilSnapshot <= 0) {
          guarded(() -> feed.publish(synchroniser.snapshot()));
          lastPublished = now;
        } else {
          long untilDue = synchroniser.nextDue() - now;
          takeMessages(changed ? Math.min(untilSnapshot, untilDue) : untilDue);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchroniser.close();
      over = true;
      clear();
    }
  }

  /** Waits for a message, then takes all that are there. */
  private void takeMessages(long nanos) throws InterruptedException {
    Runnable message = mailbox.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    for (int count = 0; message != null && count < MOST_MESSAGES_AT_ONCE && !closed; count++) {
      guarded(message);
      message = mailbox.poll();
    }
    if (message != null && !closed) {
      guarded(message);
    }
  }

  /**
   * Keeps the model alive when an observer or a message fails: a dead registry would show an old
   * state as new.
   */
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("a message to the registry failed", e);
    }
  }
}
