package dev.quayside.backup.drill;

import java.util.Locale;

/** Names the moments of a drill at which a kill has to leave nothing after the next start. */
enum DrillStep {
  ANNOUNCED,
  RECORDED,
  NAMED,
  CREATED,
  STARTED,
  READY,
  ROLES_RESTORED,
  RESTORED,
  CHECKED,
  REMOVED,
  READ,
  NOTED,
  OUTCOME_RECORDED,
  RECORD_REMOVED;

  /** Returns the name for {@link dev.quayside.common.StepBoundary}. */
  String label() {
    return "backup.drill." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
