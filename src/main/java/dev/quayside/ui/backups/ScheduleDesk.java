package dev.quayside.ui.backups;

import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import java.util.List;

/** Offers the plans by which backups make themselves. All methods may block. */
public interface ScheduleDesk {

  /** Returns every plan and what became of it; asks systemd, but no engine. */
  List<ScheduleStatus> all() throws ProblemException;

  /** Sets a plan in the place of an older one. */
  Outcome<ScheduleStatus> set(SchedulePlan.Request request) throws ProblemException;

  /** Ends the plan of {@code stack}; archives stay. */
  Outcome<SchedulePlan> off(String stack) throws ProblemException;
}
