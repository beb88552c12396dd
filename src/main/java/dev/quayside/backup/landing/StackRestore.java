package dev.quayside.backup.landing;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ForeignDump;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.PartStaging.Refusal;
import dev.quayside.backup.Preview;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Progress;
import dev.quayside.journal.Intent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restores an archive over the stack it belongs to, and puts the old set back or removes it
 * afterwards. Blocks. Safe for use by several threads and processes: one at a time for a stack.
 */
public final class StackRestore {

  static final String RESTORE = "backup.land";
  static final String UNDO = "backup.undo";
  static final String ACCEPT = "backup.accept";

  private static final Messages MESSAGES = Messages.of("landing");

  private final LandingParts parts;
  private final LandingRecords records;

  /** Makes the operation. */
  public StackRestore(LandingParts parts) {
    this.parts = parts;
    this.records = new LandingRecords(parts.home());
  }

  /**
   * Says what {@link #run} would change, by what the head of the archive says; nothing of it is
   * verified.
   */
  public Outcome<LandingPlan> plan(LandingRequest request) {
    return planned(
        request, () -> new Preview(parts.home()).read(request.archive(), request.unlocking()));
  }

  /**
   * Says what {@link #run(ForeignLanding, Progress)} would change. No server is asked for it, not
   * even whether it has the database.
   *
   * @param report what reading the file to its end showed
   * @return refused too for what is never loaded
   */
  public Outcome<LandingPlan> plan(ForeignLanding landing, ForeignReport report) {
    Problem obstacle = ForeignDump.obstacle(report);
    if (obstacle != null) {
      return report.sound() ? new Outcome.Refused<>(obstacle) : new Outcome.Failed<>(obstacle);
    }
    return planned(
        landing.request(),
        () ->
            new ForeignDump(parts.home(), parts.time())
                .plan(landing.wanted(), report.contentBytes()));
  }

  private interface Head {
    ArchivePlan read() throws ProblemException;
  }

  private Outcome<LandingPlan> planned(LandingRequest request, Head archive) {
    try {
      ArchivePlan head = archive.read();
      LandingPlanner planner = new LiveStack(parts).planner(request.stack());
      LandingPlan plan = planner.plan(head, request);
      for (LandingPlan.Folder each : plan.folders()) {
        LandingGuards.exchangeable(each.live());
      }
      return new Outcome.Done<>(plan);
    } catch (Refusal e) {
      return new Outcome.Refused<>(e.problem());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(unreadable(request.stack().name(), e));
    }
  }

  /**
   * Restores. Everything is read and compared before anything live is touched; whatever fails then
   * puts everything back. May be cancelled until services are stopped.
   *
   * @return done; attention if files changed while the archive was made, or if what failed could
   *     not be put back; refused by a guard; failed otherwise, with everything as it was
   */
  public Outcome<LandingReceipt> run(LandingRequest request, Progress progress) {
    return free(
        request.stack().name(),
        look -> new LandingRun(parts, records, look, request, progress).run());
  }

  private interface Landing {
    Outcome<LandingReceipt> run(LandingRun.Look look) throws ProblemException, IOException;
  }

  /** Does so where no earlier restore is kept. */
  private Outcome<LandingReceipt> free(String stack, Landing landing) {
    return held(
        stack,
        record -> {
          if (record != null) {
            String code =
                record.phase() == LandingRecord.Phase.LANDED
                    ? "LANDING-PENDING"
                    : "LANDING-CUT-OFF";
            return new Outcome.Refused<>(MESSAGES.problem(code, stack));
          }
          LiveStack live = new LiveStack(parts);
          return landing.run(() -> live.planner(parts.stacks().find(stack)));
        });
  }

  /**
   * Loads a dump that Quayside did not make in the place of a database, under the same rules, by a
   * role that has rights in the new database only.
   *
   * @return as {@link #run}; refused too without a yes to its unknown origin, and for SQL that
   *     concerns more than one database
   */
  public Outcome<LandingReceipt> run(ForeignLanding landing, Progress progress) {
    String stack = landing.stack().name();
    if (!landing.unknownOrigin()) {
      return new Outcome.Refused<>(MESSAGES.problem("LANDING-FOREIGN", stack));
    }
    return free(
        stack,
        look ->
            new LandingRun(
                    parts,
                    records,
                    look,
                    landing.request(),
                    new ForeignReading(parts, landing.wanted(), landing.functions()),
                    progress)
                .run());
  }

  /** Puts the old set of the last restore back; what was written since then is lost. */
  public Outcome<LandingReceipt> undo(String stack) {
    return ended(stack, UNDO, LandingRecord.Phase.UNDOING, LandingReceipt.State.UNDONE);
  }

  /** Removes the old set of the last restore for good. */
  public Outcome<LandingReceipt> accept(String stack) {
    return ended(stack, ACCEPT, LandingRecord.Phase.ACCEPTING, LandingReceipt.State.ACCEPTED);
  }

  /** Returns the restore of {@code stack} that can be undone or accepted; null if there is none. */
  public @Nullable LandingReceipt pending(String stack) throws ProblemException {
    try {
      LandingRecord record = records.read(stack);
      return record == null || record.phase() != LandingRecord.Phase.LANDED
          ? null
          : LandingReceipt.of(record, LandingReceipt.State.RESTORED, List.of());
    } catch (IOException e) {
      throw new ProblemException(unreadable(stack, e), e);
    }
  }

  private Outcome<LandingReceipt> ended(
      String stack, String action, LandingRecord.Phase phase, LandingReceipt.State state) {
    return held(
        stack,
        record -> {
          if (record == null) {
            return new Outcome.Refused<>(MESSAGES.problem("LANDING-NONE", stack));
          }
          if (record.phase() != LandingRecord.Phase.LANDED) {
            return new Outcome.Refused<>(MESSAGES.problem("LANDING-CUT-OFF", stack));
          }
          LiveStack live = new LiveStack(parts);
          record.requireEngine(live.engine());
          Users users;
          try {
            users = users(record, phase, live);
          } catch (Refusal e) {
            return new Outcome.Refused<>(e.problem());
          }
          Intent intent = parts.journal().begin(action, stack, Map.of("id", record.id()));
          Problem gone = gone(record, phase, intent);
          if (gone != null) {
            intent.failed(Map.of("problem", gone.code()));
            return new Outcome.Refused<>(gone);
          }
          LandingRecord begun = record.by(users).in(phase, intent.id());
          records.write(begun);
          parts.reached(
              phase == LandingRecord.Phase.UNDOING
                  ? LandingStep.UNDO_RECORDED
                  : LandingStep.ACCEPT_RECORDED);
          LandingReceipt receipt = LandingReceipt.of(begun, state, List.of());
          try {
            Problem left = new Insisting(parts, records).carryOn(begun, intent).problem(stack);
            if (left != null) {
              return new Outcome.Attention<>(receipt, left);
            }
            return state == LandingReceipt.State.UNDONE
                ? undone(receipt, begun)
                : new Outcome.Done<>(receipt);
          } catch (ProblemException e) {
            return partly(receipt, intent, e.problem());
          } catch (IOException e) {
            return partly(receipt, intent, unreadable(stack, e));
          }
        });
  }

  /**
   * Finds who has to stand still: who runs now, and who ran before the restore and perhaps ended
   * because of it.
   */
  private static Users users(LandingRecord record, LandingRecord.Phase phase, LiveStack live)
      throws ProblemException, Refusal {
    Users before = new Users(record.consumers(), record.servers());
    return phase == LandingRecord.Phase.UNDOING
        ? before.and(Users.of(record, live.running(record.stack())))
        : before;
  }

  /**
   * Says, before anything is stopped or removed, if what was kept is not whole any more. Nothing is
   * lost by accepting where all of it is gone; but of what lacks its mark nobody knows whose it is.
   */
  private @Nullable Problem gone(LandingRecord record, LandingRecord.Phase phase, Intent intent)
      throws ProblemException, IOException {
    boolean undo = phase == LandingRecord.Phase.UNDOING;
    try {
      String missing = undo ? new PuttingBack(parts).missing(record, intent) : null;
      if (missing != null) {
        return MESSAGES.problem("LANDING-KEPT-GONE", record.stack(), missing);
      }
      String away = undo ? null : new PuttingBack(parts).away(record);
      if (away != null) {
        return MESSAGES.problem("LANDING-ACCEPT-AWAY", record.stack(), away);
      }
      for (LandingRecord.MountSwap each : record.mounts()) {
        MountScripts.Found found = new MountLanding(parts, record, intent).found(each);
        if (undo && found != MountScripts.Found.KEPT) {
          return MESSAGES.problem("LANDING-KEPT-GONE", record.stack(), each.source());
        }
        if (found != MountScripts.Found.KEPT && found != MountScripts.Found.ABSENT) {
          return MESSAGES.problem("LANDING-KEPT-CHANGED", each.source(), each.kept());
        }
      }
      return null;
    } catch (ProblemException e) {
      intent.failed(Map.of("problem", e.problem().code()));
      throw e;
    } catch (IOException e) {
      intent.failed(Map.of("problem", "LANDING-IO"));
      throw e;
    }
  }

  /** The old set is back; says what its services say. */
  private Outcome<LandingReceipt> undone(LandingReceipt receipt, LandingRecord record) {
    LandingReceipt seen = receipt.with(new Answers(parts).of(record, Progress.none()));
    List<String> bad = seen.bad();
    return bad.isEmpty()
        ? new Outcome.Done<>(seen)
        : new Outcome.Attention<>(
            seen,
            MESSAGES.problem("LANDING-UNDONE-NO-ANSWER", record.stack(), String.join("; ", bad)));
  }

  /** The record stays, so that the next start carries on. */
  private static Outcome<LandingReceipt> partly(
      LandingReceipt receipt, Intent intent, Problem problem) throws ProblemException {
    intent.attention(Map.of("problem", problem.code()));
    return new Outcome.Attention<>(
        receipt,
        MESSAGES
            .problem("LANDING-NOT-ENDED", receipt.stack(), problem.title())
            .withDetail(problem.detail()));
  }

  private interface Work {
    Outcome<LandingReceipt> run(@Nullable LandingRecord record)
        throws ProblemException, IOException;
  }

  private Outcome<LandingReceipt> held(String stack, Work work) {
    try (ProcessLock lock = records.hold(stack)) {
      if (lock == null) {
        return new Outcome.Refused<>(MESSAGES.problem("LANDING-BUSY", stack));
      }
      return work.run(records.read(stack));
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(unreadable(stack, e));
    }
  }

  static Problem unreadable(String stack, IOException e) {
    return MESSAGES.problem("LANDING-IO", stack).withDetail(String.valueOf(e));
  }
}
