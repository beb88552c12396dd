package dev.quayside.backup.drill;

import dev.quayside.backup.BackupShelf;
import dev.quayside.common.Home;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSource;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the start for drills that were killed, and removes the containers they left. Touches
 * only containers that carry the label of a drill with a record of ours.
 */
public final class DrillLeftovers {

  private final Journal journal;
  private final EngineSource engines;
  private final JournaledEngine control;
  private final DrillRecords records;
  private final DrillHistory history;
  private final BackupShelf shelf;

  /** Works on the records in the state folder. */
  public DrillLeftovers(Home home, Journal journal, EngineSource engines, JournaledEngine control) {
    this.journal = journal;
    this.engines = engines;
    this.control = control;
    this.records = new DrillRecords(home);
    this.history = new DrillHistory(home);
    this.shelf = new BackupShelf(home);
  }

  /** Tells what became of a killed drill. */
  public enum Fate {
    /** What it had made is removed, or nothing had been made yet. */
    REMOVED,
    /** It was over; only notes about it were missing. */
    FINISHED,
    /** Its containers are on another engine than the one that is connected now. */
    OUT_OF_REACH,
    /** It could not be put in order now; the next start tries again. */
    STUCK
  }

  /**
   * Describes one of them.
   *
   * @param archive that was drilled
   * @param fate what became of it
   * @param problem why it is stuck; null if it is not
   */
  public record Leftover(String archive, Fate fate, @Nullable Problem problem) {}

  /** Returns whether a drill was begun and has not ended; also while one is under way. */
  public static boolean any(Home home, Journal journal) throws IOException, ProblemException {
    return !new DrillRecords(home).all().isEmpty() || !journal.unended(Drill.ACTION).isEmpty();
  }

  /**
   * Cleans up after killed drills; a living one is left alone.
   *
   * @throws IOException if the records could not be read
   * @throws ProblemException if the journal refuses
   */
  public List<Leftover> sweep() throws IOException, ProblemException {
    try (ProcessLock lock = records.lock()) {
      if (lock == null) {
        return List.of();
      }
      List<Leftover> swept = new ArrayList<>();
      for (DrillRecords.Entry entry : records.all()) {
        swept.add(tried(entry));
      }
      closeUnrecorded();
      return List.copyOf(swept);
    }
  }

  private Leftover tried(DrillRecords.Entry entry) throws IOException {
    try (Engine engine = engines.connect()) {
      return new Leftover(entry.archive(), sweep(entry, engine), null);
    } catch (ProblemException e) {
      return new Leftover(entry.archive(), Fate.STUCK, e.problem());
    }
  }

  private Fate sweep(DrillRecords.Entry entry, Engine engine) throws ProblemException, IOException {
    if (!engine.info().endpoint().equals(entry.engine())) {
      return Fate.OUT_OF_REACH;
    }
    List<Container> left =
        engine.list().stream()
            .filter(one -> entry.id().equals(one.labels().get(Throwaways.LABEL)))
            .toList();
    boolean ended = journal.ended(entry.intent());
    boolean over = history.has(entry.id());
    if (!ended || !left.isEmpty()) {
      Intent intent =
          ended
              ? journal.begin(Drill.ACTION, entry.subject(), Map.of("cleaning", entry.id()))
              : journal.resume(entry.intent(), Drill.ACTION, entry.subject());
      for (Container one : left) {
        control.destroy(intent, one.id());
      }
      if (over) {
        intent.done(Map.of("recovered", "finished"));
      } else {
        intent.failed(Map.of("recovered", "removed"));
      }
    }
    if (over) {
      noteOnShelf(entry.id());
    }
    records.remove(entry.id());
    return over ? Fate.FINISHED : Fate.REMOVED;
  }

  private void noteOnShelf(String id) throws ProblemException, IOException {
    for (DrillReceipt receipt : history.list()) {
      if (receipt.id().equals(id)) {
        shelf.drilled(receipt.archiveId(), receipt.archive(), receipt.proof());
      }
    }
  }

  /** Ends announcements after which nothing was made: without a record there are no containers. */
  private void closeUnrecorded() throws ProblemException, IOException {
    List<String> recorded = records.all().stream().map(DrillRecords.Entry::intent).toList();
    for (JournalEntry open : journal.unended(Drill.ACTION)) {
      if (!recorded.contains(open.intent())) {
        journal
            .resume(open.intent(), open.action(), open.subject())
            .failed(Map.of("recovered", "nothing was made"));
      }
    }
  }
}
