package dev.quayside.backup;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stops containers while their data is copied, and starts them again whatever happens. Recorded
 * before anything is stopped: {@link StandstillRecovery} brings back what a kill left standing. For
 * one thread.
 */
final class Standstill {

  private static final Messages MESSAGES = Messages.of("backup");
  private static final int LONGEST_NAME = 200;

  private final String id;
  private final String stack;
  private final StandstillStore store;
  private final Engine reading;
  private final JournaledEngine engine;
  private final Intent intent;
  private final StepBoundary steps;
  private final Progress progress;
  private final List<String> cutShort = new ArrayList<>();

  Standstill(
      String id,
      String stack,
      StandstillStore store,
      Engine reading,
      JournaledEngine engine,
      Intent intent,
      StepBoundary steps,
      Progress progress) {
    this.id = id;
    this.stack = stack;
    this.store = store;
    this.reading = reading;
    this.engine = engine;
    this.intent = intent;
    this.steps = steps;
    this.progress = progress;
  }

  /** Copies something. */
  interface Copying {
    /** Copies it. */
    void run() throws IOException, ProblemException;
  }

  /**
   * Runs {@code copying} while none of {@code writers} runs. Those that are paused or do not run
   * are left as they are, since they write nothing. Those that have their network from one that is
   * stopped, or live among its processes, stand still with it.
   *
   * @return what was stopped and started again
   * @throws ProblemException also if the engine would remove one of them, or start it on something
   *     else; nothing is stopped then
   */
  List<StandstillStore.Stopped> during(List<BackupScope.Writer> writers, Copying copying)
      throws IOException, ProblemException {
    List<Container> running = new ArrayList<>();
    for (BackupScope.Writer each : writers) {
      Container container = reading.inspect(each.container()).container();
      if (writes(container)) {
        running.add(container);
      }
    }
    List<Container> sharers = StartOrder.sharers(running, reading);
    List<Container> inOrder = new ArrayList<>(StartOrder.of(stack, running));
    inOrder.addAll(sharers);
    for (Container each : inOrder) {
      requireReturn(reading.inspect(each.id()));
    }
    List<StandstillStore.Stopped> stopped = new ArrayList<>();
    for (Container each : inOrder.reversed()) {
      RuntimeFacts facts = each.facts();
      Instant startedAt = facts == null ? null : facts.startedAt();
      stopped.add(new StandstillStore.Stopped(each.service(), each.id().value(), startedAt, null));
    }
    store.write(new StandstillStore.Entry(id, stack, reading.info().endpoint(), stopped));
    reached(StandstillStep.RECORDED);
    Throwable failure = null;
    try {
      stop(stopped, inOrder.reversed());
      reached(StandstillStep.STOPPED);
      copying.run();
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      startAgain(stopped, failure);
    }
    return stopped;
  }

  /** Stops nothing that would not come back as it was. */
  private void requireReturn(ContainerInspection seen) throws ProblemException {
    String name = seen.container().name();
    if (seen.removedAtEnd()) {
      throw new ProblemException(MESSAGES.problem("BACKUP-REMOVED-AT-END", name, stack));
    }
    String moved = Moved.dataOf(seen);
    if (moved != null) {
      throw new ProblemException(
          MESSAGES.problem(
              "BACKUP-MOUNT-MOVED",
              ForeignText.line(name, LONGEST_NAME),
              ForeignText.line(moved, LONGEST_NAME),
              stack));
    }
  }

  /** Returns the services that were killed before they had written what they kept in memory. */
  List<String> cutShort() {
    return List.copyOf(cutShort);
  }

  private static boolean writes(Container container) {
    return container.live() && container.state() != ContainerState.PAUSED;
  }

  /** Stops them and notes when they ended, by which recovery knows that it was us. */
  private void stop(List<StandstillStore.Stopped> stopped, List<Container> containers)
      throws IOException, ProblemException {
    Map<ContainerId, Duration> took = new HashMap<>();
    for (Container each : containers) {
      progress.line(MESSAGES.get("standstill.stop", each.service()));
      long began = System.nanoTime();
      engine.stop(intent, each.id(), StopGrace.of(each));
      took.put(each.id(), Duration.ofNanos(System.nanoTime() - began));
    }
    for (ListIterator<StandstillStore.Stopped> each = stopped.listIterator(); each.hasNext(); ) {
      StandstillStore.Stopped one = each.next();
      Container ended = reading.inspect(one.containerId()).container();
      each.set(one.ended(ended));
      if (StopGrace.cutShort(ended, took.getOrDefault(ended.id(), Duration.ZERO))) {
        cutShort.add(one.service());
      }
    }
    store.write(new StandstillStore.Entry(id, stack, reading.info().endpoint(), stopped));
  }

  private void startAgain(List<StandstillStore.Stopped> stopped, @Nullable Throwable failure)
      throws IOException, ProblemException {
    List<String> standing = new ArrayList<>();
    ProblemException why = null;
    for (StandstillStore.Stopped each : stopped.reversed()) {
      progress.line(MESSAGES.get("standstill.start", each.service()));
      try {
        engine.start(intent, each.containerId());
      } catch (ProblemException e) {
        standing.add(each.service());
        why = e;
      }
    }
    if (why == null) {
      reached(StandstillStep.STARTED);
      if (failure != null && anyUnended(stopped)) {
        return; // A stop that we gave up waiting for may still come; recovery looks again.
      }
      store.remove(id);
      reached(StandstillStep.FORGOTTEN);
      return;
    }
    ProblemException problem =
        new ProblemException(
            MESSAGES
                .problem("BACKUP-NOT-STARTED", String.join(", ", standing), stack)
                .withDetail(why.problem().title() + ". " + why.problem().detail()),
            why);
    if (failure != null) {
      problem.addSuppressed(failure);
    }
    throw problem;
  }

  /** Returns whether one still runs as it did before it was to be stopped. */
  private boolean anyUnended(List<StandstillStore.Stopped> stopped) throws ProblemException {
    for (StandstillStore.Stopped each : stopped) {
      RuntimeFacts facts = reading.inspect(each.containerId()).container().facts();
      if (facts != null && Objects.equals(facts.startedAt(), each.startedAt())) {
        return true;
      }
    }
    return false;
  }

  private void reached(StandstillStep step) {
    steps.reached(step.label());
  }
}
