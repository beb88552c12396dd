package dev.quayside.engine;

import dev.quayside.common.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads single containers, a few at a time. One that hangs costs only its own row: after a second
 * it no longer counts against the limit. Confined to one thread, but for the readings themselves,
 * which run on virtual threads.
 */
final class Reader {

  /**
   * Holds the end of a reading.
   *
   * @param id of which container
   * @param ticket handed in when it was begun
   * @param container what was read; null if it failed
   * @param problem why it failed; null if it did not
   * @param local whether its process was found in our kernel; null where that was not looked at
   */
  record Reading(
      ContainerId id,
      long ticket,
      @Nullable Container container,
      @Nullable ProblemException problem,
      @Nullable Boolean local) {}

  private static final int MOST_YOUNG = 8;
  private static final int MOST = 64;
  private static final long YOUNG_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long PAUSE_AFTER_FAILURE_NANOS = Duration.ofSeconds(5).toNanos();

  private final Engine engine;
  private final LocalProcesses processes;
  private final Consumer<Reading> onEnd;
  private final Set<ContainerId> waiting = new LinkedHashSet<>();
  private final Map<ContainerId, Long> running = new HashMap<>();
  private final Map<ContainerId, Long> notBefore = new HashMap<>();

  Reader(Engine engine, LocalProcesses processes, Consumer<Reading> onEnd) {
    this.engine = engine;
    this.processes = processes;
    this.onEnd = onEnd;
  }

  void request(List<ContainerId> ids) {
    waiting.addAll(ids);
  }

  /** Notes that a reading ended, so that its place is free. */
  void ended(Reading reading, long now) {
    running.remove(reading.id());
    ProblemException problem = reading.problem();
    if (problem == null || problem.problem().code().equals(EngineFault.CONTAINER_GONE.code())) {
      // One that is gone is not asked for again, and must not be remembered for ever.
      notBefore.remove(reading.id());
    } else {
      notBefore.put(reading.id(), now + PAUSE_AFTER_FAILURE_NANOS);
    }
  }

  /** Begins as many readings as there is room for. */
  void proceed(long now, long ticket) {
    long young = running.values().stream().filter(since -> now - since < YOUNG_NANOS).count();
    Iterator<ContainerId> next = waiting.iterator();
    while (young < MOST_YOUNG && running.size() < MOST && next.hasNext()) {
      ContainerId id = next.next();
      if (!running.containsKey(id) && notBefore.getOrDefault(id, now) - now <= 0) {
        next.remove();
        running.put(id, now);
        young++;
        Thread.ofVirtual().name("engine-reading").start(() -> onEnd.accept(read(id, ticket)));
      }
    }
  }

  /** Returns whether something waits that a later call may be able to begin. */
  boolean busy() {
    return !waiting.isEmpty();
  }

  private Reading read(ContainerId id, long ticket) {
    try {
      Container container = engine.read(id);
      return new Reading(id, ticket, container, null, processes.holds(container));
    } catch (ProblemException e) {
      return new Reading(id, ticket, null, e, null);
    } catch (RuntimeException e) {
      return new Reading(id, ticket, null, EngineFault.ENGINE_INTERNAL_ERROR.exception(e), null);
    }
  }
}
