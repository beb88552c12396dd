package dev.quayside.backup;

import java.util.Locale;

/** Names the moments of removing an archive after which a kill has to leave it whole or gone. */
enum RemovalStep {
  ANNOUNCED,
  RECORDED,
  ARCHIVE_REMOVED,
  COMPANIONS_REMOVED,
  UNSHELVED,
  OUTCOME_RECORDED,
  RECORD_REMOVED;

  /** Returns the name for {@link dev.quayside.common.StepBoundary}. */
  String label() {
    return "backup.remove." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
