package dev.quayside.backup.landing;

import java.util.Locale;

/** Names the moments at which a kill has to end in the old set or the new one, never in a mix. */
enum LandingStep {
  ANNOUNCED,
  RECORDED,
  STAGED,
  LOADED,
  SWAP_RECORDED,
  STOPPED,
  DATABASE_SWAPPED,
  FOLDER_ASIDE,
  FOLDER_PLACED,
  MOUNT_ASIDE,
  MOUNT_PLACED,
  STARTED,
  LANDED,
  OUTCOME_RECORDED,
  UNDO_RECORDED,
  FOLDER_WITHDRAWN,
  FOLDER_BACK,
  MOUNT_WITHDRAWN,
  MOUNT_BACK,
  PUT_BACK,
  UNDONE,
  ACCEPT_RECORDED,
  OLD_REMOVED;

  /** Returns the name for {@link dev.quayside.common.StepBoundary}. */
  String label() {
    return "backup.landing." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
