package dev.quayside.ui.backups;

import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.common.Outcome;
import java.util.List;

/** Stands in for plans in the demo: there are none, and none is set. */
final class DemoSchedules implements ScheduleDesk {

  @Override
  public List<ScheduleStatus> all() {
    return List.of();
  }

  @Override
  public Outcome<ScheduleStatus> set(SchedulePlan.Request request) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<SchedulePlan> off(String stack) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }
}
