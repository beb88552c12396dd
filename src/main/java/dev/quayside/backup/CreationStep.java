package dev.quayside.backup;

import java.util.Locale;

/**
 * Names the moments of making an archive at which a kill has to leave the old state or the new one.
 */
enum CreationStep {
  ANNOUNCED,
  RECORDED,
  PART_CREATED,
  PLAN_WRITTEN,
  CONTENT_WRITTEN,
  SEALED,
  SYNCED,
  MANIFEST_WRITTEN,
  PUBLISHED,
  MANIFEST_PUBLISHED,
  CARD_WRITTEN,
  SHELVED,
  OUTCOME_RECORDED,
  RECORD_REMOVED;

  /** Returns the name for {@link dev.quayside.common.StepBoundary}. */
  String label() {
    return "backup.create." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
