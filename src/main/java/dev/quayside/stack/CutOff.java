package dev.quayside.stack;

import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessIdentity;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.stack.layer.LayerRecovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ends in the journal what killed processes of ours had announced of the life cycle, and tells it.
 * Nothing is put back: a service that was stopped or started stays so.
 */
public final class CutOff {

  /** Which process announced a change, so that a later start knows whether it lives. */
  static final String PROCESS = LayerKeeper.PROCESS;

  private static final List<String> ACTIONS =
      List.of("up", "start", "stop", "restart", "recreate", LayerKeeper.CARRY_OVER);

  /** What larger changes consist of. */
  private static final Set<String> PARTS = Set.of("start", "stop");

  private CutOff() {}

  /** Returns how this process is known in an announcement. */
  static String thisProcess() {
    return ProcessIdentity.own().noted();
  }

  /**
   * Ends all that nobody works on any more and for which no record of Compose waits.
   *
   * @param settled stacks in which a larger change, that had services stopped and started, was put
   *     in order: of those stops and starts nothing is told, because they did not stay
   */
  public static List<LayerRecovery> end(Home home, Journal journal, Set<String> settled)
      throws ProblemException {
    List<LayerRecovery> told = new ArrayList<>();
    for (String action : ACTIONS) {
      for (JournalEntry entry : journal.unended(action)) {
        ProcessIdentity process = ProcessIdentity.read(entry.details().get(PROCESS));
        if (process != null
            && !process.alive()
            && !LayerKeeper.waits(home, entry.intent())
            && !journal.ended(entry.intent())) {
          journal
              .resume(entry.intent(), action, entry.subject())
              .attention(Map.of("problem", "KILLED"));
          if (!PARTS.contains(action) || !settled.contains(entry.subject())) {
            told.add(new LayerRecovery(entry.subject(), LayerRecovery.Ended.BROKEN_OFF, null));
          }
        }
      }
    }
    return List.copyOf(told);
  }
}
