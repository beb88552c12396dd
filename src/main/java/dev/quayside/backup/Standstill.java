package dev.quayside.backup;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
  private final JournaledEngine engine;
  private final Intent intent;
  private final StepBoundary steps;
  private final Progress progress;

  Standstill(
      String id,
      String stack,
      StandstillStore store,
      JournaledEngine engine,
      Intent intent,
      StepBoundary steps,
      Progress progress) {
    this.id = id;
    this.stack = stack;
    this.store = store;
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

  /** Runs {@code copying} while none of {@code writers} runs. */
  void during(List<BackupScope.Writer> writers, Copying copying)
      throws IOException, ProblemException {
    List<StandstillStore.Stopped> stopped =
        writers.stream()
            .map(each -> new StandstillStore.Stopped(each.service(), each.container().value()))
            .toList();
    store.write(new StandstillStore.Entry(id, stack, stopped));
    reached(StandstillStep.RECORDED);
    Throwable failure = null;
    try {
      for (StandstillStore.Stopped each : stopped) {
        progress.line(MESSAGES.get("standstill.stop", each.service()));
        engine.stop(intent, each.containerId(), null);
      }
      reached(StandstillStep.STOPPED);
      copying.run();
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      startAgain(stopped, failure);
    }
  }

  private void startAgain(
      List<StandstillStore.Stopped> stopped, @org.jspecify.annotations.Nullable Throwable failure)
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
