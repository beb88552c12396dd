package dev.quayside.backup.landing;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the start for restores over a stack that were killed: puts the old set back where the
 * new one was not complete, and carries on what was being undone or accepted.
 */
public final class LandingRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(LandingRecovery.class);

  private final LandingParts parts;
  private final LandingRecords records;

  /** Makes the operation. */
  public LandingRecovery(LandingParts parts) {
    this.parts = parts;
    this.records = new LandingRecords(parts.home());
  }

  /** Tells what became of a killed restore. */
  public enum Fate {
    /** It was complete; only notes about it were missing. The old set is kept. */
    FINISHED,
    /** The old set is in its place again. */
    PUT_BACK,
    /** The old set is removed, as it was asked. */
    ACCEPTED,
    /** The old set is in its place again, but for what somebody else removed meanwhile. */
    LOST,
    /** It could not be put in order now; the next start tries again. */
    STUCK
  }

  /**
   * Describes one of them.
   *
   * @param stack the stack's name
   * @param fate what became of it
   * @param problem what kept it, or what could not be done of it; null if all is well
   */
  public record Recovered(String stack, Fate fate, @Nullable Problem problem) {}

  /** Puts in order what killed processes left; what living ones are at is left alone. */
  public List<Recovered> sweep() throws ProblemException {
    List<Recovered> told = new ArrayList<>();
    List<LandingRecord> all;
    try {
      all = records.all();
    } catch (IOException e) {
      throw new ProblemException(StackRestore.unreadable("", e), e);
    }
    Set<String> open = open();
    Set<String> recorded = new HashSet<>();
    for (LandingRecord each : all) {
      recorded.add(each.intent());
      if (each.phase() != LandingRecord.Phase.LANDED || open.contains(each.intent())) {
        tried(each.stack(), told);
      }
    }
    for (String action : List.of(StackRestore.RESTORE, StackRestore.UNDO, StackRestore.ACCEPT)) {
      for (JournalEntry announcement : parts.journal().unended(action)) {
        if (!recorded.contains(announcement.intent())) {
          close(announcement);
        }
      }
    }
    return List.copyOf(told);
  }

  private Set<String> open() throws ProblemException {
    Set<String> open = new HashSet<>();
    for (String action : List.of(StackRestore.RESTORE, StackRestore.UNDO, StackRestore.ACCEPT)) {
      parts.journal().unended(action).forEach(one -> open.add(one.intent()));
    }
    return open;
  }

  private void tried(String stack, List<Recovered> told) {
    try (ProcessLock held = records.hold(stack)) {
      LandingRecord record = held == null ? null : records.read(stack);
      if (record != null) {
        told.add(put(record));
      }
    } catch (ProblemException e) {
      told.add(new Recovered(stack, Fate.STUCK, e.problem()));
    } catch (IOException e) {
      LOG.warn("a restore of {} could not be put in order: {}", stack, e.toString());
      told.add(new Recovered(stack, Fate.STUCK, StackRestore.unreadable(stack, e)));
    }
  }

  private Recovered put(LandingRecord record) throws ProblemException, IOException {
    record.requireEngine(new LiveStack(parts).engine());
    Intent again = again(record);
    LandingEnd end = new LandingEnd(parts, records);
    return switch (record.phase()) {
      case STAGING, SWAPPING ->
          told(record, end.takeBack(record, again, Map.of("recovered", "put back")));
      case LANDED -> {
        again.attention(Map.of("recovered", "finished", "services", "not asked"));
        yield new Recovered(record.stack(), Fate.FINISHED, null);
      }
      case CLEARING ->
          told(
              record,
              restoring(record)
                  ? end.takeBack(record, again, Map.of("recovered", "put back"))
                  : end.carryOn(record, again));
      case UNDOING -> told(record, end.carryOn(record, again));
      case ACCEPTING ->
          new Recovered(
              record.stack(), Fate.ACCEPTED, end.carryOn(record, again).problem(record.stack()));
    };
  }

  private static Recovered told(LandingRecord record, PutBack end) {
    return new Recovered(
        record.stack(),
        end.gone().isEmpty() ? Fate.PUT_BACK : Fate.LOST,
        end.problem(record.stack()));
  }

  /** Goes on with the announcement, or makes one where it has an outcome already. */
  private Intent again(LandingRecord record) throws ProblemException {
    Journal journal = parts.journal();
    String action =
        switch (record.phase()) {
          case STAGING, SWAPPING, LANDED -> StackRestore.RESTORE;
          case CLEARING -> restoring(record) ? StackRestore.RESTORE : StackRestore.UNDO;
          case UNDOING -> StackRestore.UNDO;
          case ACCEPTING -> StackRestore.ACCEPT;
        };
    boolean unended =
        journal.unended(action).stream().anyMatch(one -> one.intent().equals(record.intent()));
    return unended
        ? journal.resume(record.intent(), action, record.stack())
        : journal.begin(action, record.stack(), Map.of("id", record.id(), "recovered", "again"));
  }

  /** Returns whether it was a restore that was taken back, and not one that was undone. */
  private boolean restoring(LandingRecord record) throws ProblemException {
    return parts.journal().unended(StackRestore.RESTORE).stream()
        .anyMatch(one -> one.intent().equals(record.intent()));
  }

  /** Ends an announcement after which nothing was made. */
  private void close(JournalEntry announcement) throws ProblemException {
    try (ProcessLock held = records.hold(announcement.subject())) {
      if (held != null && open().contains(announcement.intent())) {
        parts
            .journal()
            .resume(announcement.intent(), announcement.action(), announcement.subject())
            .failed(Map.of("recovered", "nothing was made"));
      }
    } catch (IOException e) {
      throw new ProblemException(StackRestore.unreadable(announcement.subject(), e), e);
    }
  }
}
