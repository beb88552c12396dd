package dev.quayside.secrets;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessIdentity;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Progress;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks for runs that a kill cut off, and completes them or puts them back. */
final class RotationRecovery {

  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(60);
  private static final Messages MESSAGES = Messages.of("secrets");

  private final RotationParts parts;
  private final RotationStore store;

  RotationRecovery(RotationParts parts, RotationStore store) {
    this.parts = parts;
    this.store = store;
  }

  List<Recovery> run(Progress progress) {
    List<Recovery> recoveries = new ArrayList<>();
    try {
      store.clearAbandoned();
      for (String id : store.ids()) {
        recover(id, progress, recoveries);
      }
      closeIntents(recoveries);
    } catch (IOException | ProblemException | RuntimeException failure) {
      Problem why = RotationRun.problem(failure);
      recoveries.add(
          new Recovery("", "", Recovery.Ended.STUCK, why.withDetail(failure.toString())));
    }
    return List.copyOf(recoveries);
  }

  private void recover(String id, Progress progress, List<Recovery> recoveries) {
    String stack = "";
    try {
      RotationRecord seen = store.record(id);
      if (seen == null) {
        return;
      }
      stack = seen.stack();
      try (ProcessLock lock = store.lock(seen.file(), Duration.ZERO)) {
        // Before the lock was ours, its holder may have gone on, and been killed further on.
        RotationRecord now = lock == null ? null : store.record(id);
        if (now != null) {
          recoveries.add(new Recovery(id, stack, locked(now, progress), null));
        }
      }
    } catch (IOException | ProblemException | RuntimeException failure) {
      Problem why = RotationRun.problem(failure);
      Problem told = MESSAGES.problem("RECOVERY-STUCK", stack, why.title() + ". " + why.happened());
      recoveries.add(new Recovery(id, stack, Recovery.Ended.STUCK, told.withDetail(why.detail())));
    }
  }

  private Recovery.Ended locked(RotationRecord record, Progress progress)
      throws IOException, ProblemException {
    endOrphan(record);
    boolean proven = record.phase() == RotationRecord.Phase.PROVEN;
    // Only a readable outcome allows to destroy the copy of the old value.
    if (parts.journal().ended(record.id())) {
      store.remove(record.id());
      return proven ? Recovery.Ended.FINISHED : Recovery.Ended.PUT_BACK;
    }
    Intent intent = parts.journal().resume(record.id(), Rotation.ACTION, record.stack());
    try (Engine engine = parts.engines().connect()) {
      RotationSession session =
          new RotationSession(
              parts, store, engine, intent, record.invocation().project(), progress);
      if (proven) {
        new Completion(session).run(record, record.stack());
        return Recovery.Ended.FINISHED;
      }
      new PuttingBack(session).run(record, "KILLED");
      return Recovery.Ended.PUT_BACK;
    }
  }

  private void endOrphan(RotationRecord record) throws IOException, ProblemException {
    ProcessIdentity child = store.child(record.id()).end(ORPHAN_PATIENCE);
    if (child != null) {
      throw new ProblemException(MESSAGES.problem("ORPHAN-LIVES", Long.toString(child.pid())));
    }
  }

  /**
   * Closes announcements after which nothing was changed: there is no record, and nobody holds the
   * file's lock.
   */
  private void closeIntents(List<Recovery> recoveries) throws ProblemException, IOException {
    for (JournalEntry entry : parts.journal().unended(Rotation.ACTION)) {
      String file = entry.details().get("file");
      if (file == null || store.hasRecord(entry.intent())) {
        continue;
      }
      try (ProcessLock lock = store.lock(Path.of(file), Duration.ZERO)) {
        if (lock != null && unended(entry.intent()) && !store.hasRecord(entry.intent())) {
          Intent intent = parts.journal().resume(entry.intent(), Rotation.ACTION, entry.subject());
          intent.failed(Map.of("problem", "KILLED", "changed", "nothing"));
          recoveries.add(
              new Recovery(entry.intent(), entry.subject(), Recovery.Ended.PUT_BACK, null));
        }
      }
    }
  }

  private boolean unended(String intent) throws ProblemException {
    return parts.journal().unended(Rotation.ACTION).stream()
        .anyMatch(entry -> entry.intent().equals(intent));
  }
}
