package dev.quayside.backup;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/**
 * Stops containers while their data is copied, and starts them again whatever happens. Recorded
 * before anything is stopped: {@link StandstillRecovery} brings back what a kill left standing. For
 * one thread.
 */
final class Standstill {

  private static final Messages MESSAGES = Messages.of("backup");

  private final String id;
  private final String stack;
  private final StandstillStore store;
  private final Engine reading;
  private final JournaledEngine engine;
  private final Intent intent;
  private final StepBoundary steps;
  private final Progress progress;

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
   * stopped stand still with it: it comes back with another one.
   *
   * @return what was stopped and started again
   * @throws ProblemException also if the engine would remove one of them; nothing is stopped then
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
    running.addAll(StartOrder.sharers(running, reading));
    for (Container each : running) {
      if (reading.inspect(each.id()).removedAtEnd()) {
        throw new ProblemException(MESSAGES.problem("BACKUP-REMOVED-AT-END", each.name(), stack));
      }
    }
    List<StandstillStore.Stopped> stopped = new ArrayList<>();
    for (Container each : StartOrder.of(stack, running).reversed()) {
      RuntimeFacts facts = each.facts();
      Instant startedAt = facts == null ? null : facts.startedAt();
      stopped.add(new StandstillStore.Stopped(each.service(), each.id().value(), startedAt, null));
    }
    store.write(new StandstillStore.Entry(id, stack, reading.info().endpoint(), stopped));
    reached(StandstillStep.RECORDED);
    Throwable failure = null;
    try {
      stop(stopped);
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

  private static boolean writes(Container container) {
    return container.live() && container.state() != ContainerState.PAUSED;
  }

  /** Stops them and notes when they ended, by which recovery knows that it was us. */
  private void stop(List<StandstillStore.Stopped> stopped) throws IOException, ProblemException {
    for (StandstillStore.Stopped each : stopped) {
      progress.line(MESSAGES.get("standstill.stop", each.service()));
      engine.stop(intent, each.containerId(), null);
    }
    for (ListIterator<StandstillStore.Stopped> each = stopped.listIterator(); each.hasNext(); ) {
      StandstillStore.Stopped one = each.next();
      each.set(one.ended(reading.inspect(one.containerId()).container()));
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

  private void reached(StandstillStep step) {
    steps.reached(step.label());
  }
}
