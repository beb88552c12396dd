package dev.quayside.backup;

import java.util.Locale;

/** Names the moments of a restore at which a kill has to leave nothing or the finished folder. */
enum RestoreStep {
  ANNOUNCED,
  RECORDED,
  STAGING_CREATED,
  PLAN_READ,
  VERIFIED,
  COMPLETED,
  SYNCED,
  PUBLISHED,
  OUTCOME_RECORDED,
  RECORD_REMOVED;

  /** Returns the name for {@link dev.quayside.common.StepBoundary}. */
  String label() {
    return "backup.restore." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
