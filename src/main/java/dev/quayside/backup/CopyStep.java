package dev.quayside.backup;

import java.util.Locale;

/** Names the moments of copying an archive at which a kill has to leave no copy or a whole one. */
enum CopyStep {
  ANNOUNCED,
  RECORDED,
  PART_CREATED,
  WRITTEN,
  COMPARED,
  PUBLISHED,
  CARD_WRITTEN,
  SHELVED,
  OUTCOME_RECORDED,
  RECORD_REMOVED;

  /** Returns the name for {@link dev.quayside.common.StepBoundary}. */
  String label() {
    return "backup.copy." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
