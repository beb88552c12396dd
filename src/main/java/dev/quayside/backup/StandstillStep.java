package dev.quayside.backup;

import java.util.Locale;

/** Names the moments of a standstill at which a kill has to leave what the next start mends. */
enum StandstillStep {
  RECORDED,
  STOPPED,
  STARTED,
  FORGOTTEN;

  /** Returns the name for {@link dev.quayside.common.StepBoundary}. */
  String label() {
    return "backup.standstill." + name().toLowerCase(Locale.ROOT);
  }
}
