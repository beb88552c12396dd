package dev.quayside.backup.schedule;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records how a run that nobody watched ended.
 *
 * @param started when it began
 * @param ended when it ended; null while it runs, or if it was killed
 * @param result how it ended; null as long as it has not
 * @param problem code of its problem; null without one
 * @param title the problem in words; null without one
 * @param archive where the archive lies; null if none was made
 * @param copy where its copy lies; null if none was made
 * @param removed how many old archives were removed
 */
public record ScheduleRun(
    Instant started,
    @Nullable Instant ended,
    @Nullable Result result,
    @Nullable String problem,
    @Nullable String title,
    @Nullable String archive,
    @Nullable String copy,
    int removed) {

  /** Names the ways in which it can end. */
  public enum Result {
    /** Everything was done. */
    DONE,
    /** Something needs attention. */
    ATTENTION,
    /** It failed. */
    FAILED,
    /** It was refused before anything was done. */
    REFUSED
  }

  static ScheduleRun begun(Instant at) {
    return new ScheduleRun(at, null, null, null, null, null, null, 0);
  }

  ScheduleRun ended(Instant at, Outcome<ScheduleReceipt> outcome) {
    return switch (outcome) {
      case Outcome.Done<ScheduleReceipt> done -> with(at, Result.DONE, null, done.receipt());
      case Outcome.Found<ScheduleReceipt> found -> with(at, Result.DONE, null, found.receipt());
      case Outcome.Attention<ScheduleReceipt> attention ->
          with(at, Result.ATTENTION, attention.problem(), attention.receipt());
      case Outcome.Failed<ScheduleReceipt> failed ->
          with(at, Result.FAILED, failed.problem(), null);
      case Outcome.Refused<ScheduleReceipt> refused ->
          with(at, Result.REFUSED, refused.problem(), null);
    };
  }

  private ScheduleRun with(
      Instant at, Result how, @Nullable Problem what, @Nullable ScheduleReceipt receipt) {
    return new ScheduleRun(
        started,
        at,
        how,
        what == null ? null : what.code(),
        what == null ? null : what.title(),
        receipt == null || receipt.backup() == null ? null : receipt.backup().archive().toString(),
        receipt == null || receipt.copy() == null ? null : receipt.copy().copy().toString(),
        receipt == null ? 0 : receipt.removed().size());
  }
}
