package dev.quayside.stack.settings;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks for saves that a kill cut off, and completes them or puts the file back; asks no engine.
 */
final class EnvEditRecovery {

  private static final Messages MESSAGES = Messages.of("env");

  private final EnvState state;
  private final EnvStore store;
  private final EnvSettling settling;

  EnvEditRecovery(EnvState state) {
    this.state = state;
    this.store = state.store();
    this.settling = new EnvSettling(state);
  }

  List<EnvRecovery> run() {
    List<EnvRecovery> told = new ArrayList<>();
    try {
      Candidate.clear(state.home());
      store.clearAbandoned();
      for (String id : store.ids()) {
        recover(id, told);
      }
      closeIntents(told);
    } catch (IOException | ProblemException | RuntimeException failure) {
      told.add(stuck(Path.of(""), failure));
    }
    return List.copyOf(told);
  }

  private void recover(String id, List<EnvRecovery> told) {
    Path file = Path.of("");
    try {
      EnvRecord seen = store.record(id);
      if (seen == null) {
        return;
      }
      file = seen.file();
      try (ProcessLock lock = store.lock(file, Duration.ZERO)) {
        // Before the lock was ours, its holder may have gone on, or ended.
        EnvRecord now = lock == null ? null : store.record(id);
        if (now == null) {
          return;
        }
        EnvRecovery.Ended ended = settling.settle(now, state.journal().ended(id));
        Problem left = ended == EnvRecovery.Ended.LEFT ? MESSAGES.problem("ENV-LEFT", file) : null;
        told.add(new EnvRecovery(file, ended, left));
      }
    } catch (IOException | ProblemException | RuntimeException failure) {
      told.add(stuck(file, failure));
    }
  }

  private static EnvRecovery stuck(Path file, Exception failure) {
    String why =
        failure instanceof ProblemException told
            ? told.problem().title() + ". " + told.problem().happened()
            : String.valueOf(failure.getMessage());
    return new EnvRecovery(
        file, EnvRecovery.Ended.STUCK, MESSAGES.problem("ENV-RECOVERY-STUCK", file, why));
  }

  /** Closes announcements after which nothing was changed: there is no record, and no holder. */
  private void closeIntents(List<EnvRecovery> told) throws ProblemException, IOException {
    for (JournalEntry entry : state.journal().unended(EnvEditing.ACTION)) {
      String file = entry.details().get("file");
      if (file == null || store.hasRecord(entry.intent())) {
        continue;
      }
      try (ProcessLock lock = store.lock(Path.of(file), Duration.ZERO)) {
        if (lock != null
            && !state.journal().ended(entry.intent())
            && !store.hasRecord(entry.intent())) {
          state
              .journal()
              .resume(entry.intent(), EnvEditing.ACTION, entry.subject())
              .failed(Map.of("problem", "KILLED", "changed", "nothing"));
          told.add(new EnvRecovery(Path.of(file), EnvRecovery.Ended.PUT_BACK, null));
        }
      }
    }
  }
}
