package dev.quayside.backup.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a plan and what became of it.
 *
 * @param plan the plan
 * @param lingers whether systemd's manager of this user also runs while nobody is logged in; null
 *     if that is not known, or does not matter
 * @param last the last run; null if there was none
 * @param next when it is due next; null if never
 * @param missed when it was due without having been started since; null if it was not
 * @param warnings what weakens the plan, each in a sentence
 */
public record ScheduleStatus(
    SchedulePlan plan,
    @Nullable Boolean lingers,
    @Nullable ScheduleRun last,
    @Nullable Instant next,
    @Nullable Instant missed,
    List<String> warnings) {

  /** Makes the list immutable. */
  public ScheduleStatus {
    warnings = List.copyOf(warnings);
  }

  /**
   * Returns whether somebody has to look after it: it was missed, a folder that it writes to is
   * away, or the last run did not do all of it. Looks at the folders.
   */
  public boolean needsAttention() {
    SchedulePlan.Target second = plan.second();
    ScheduleRun.Result result = last == null ? null : last.result();
    return missed != null
        || !plan.target().present()
        || (second != null && !second.present())
        || (result != null && result != ScheduleRun.Result.DONE);
  }
}
