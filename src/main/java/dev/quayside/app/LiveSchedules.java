package dev.quayside.app;

import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.ui.backups.ScheduleDesk;
import java.util.List;

/** Sets the plans of this user. */
final class LiveSchedules implements ScheduleDesk {

  private final LiveParts parts;

  LiveSchedules(LiveParts parts) {
    this.parts = parts;
  }

  @Override
  public List<ScheduleStatus> all() throws ProblemException {
    return parts.backups().schedules().all();
  }

  @Override
  public Outcome<ScheduleStatus> set(SchedulePlan.Request request) throws ProblemException {
    return parts.backups().schedules().set(request, parts.backups().timerCommand(request.stack()));
  }

  @Override
  public Outcome<SchedulePlan> off(String stack) throws ProblemException {
    return parts.backups().schedules().off(stack);
  }
}
