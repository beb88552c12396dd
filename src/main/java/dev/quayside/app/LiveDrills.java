package dev.quayside.app;

import dev.quayside.backup.Unlocking;
import dev.quayside.backup.drill.DrillReceipt;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.ui.backups.DrillDesk;
import java.nio.file.Path;
import java.util.List;

/** Drills archives on the real engine. */
final class LiveDrills implements DrillDesk {

  private final LiveParts parts;

  LiveDrills(LiveParts parts) {
    this.parts = parts;
  }

  @Override
  public Outcome<DrillReceipt> drill(Path archive, Unlocking unlocking, Progress progress)
      throws ProblemException {
    return parts.backups().drill().run(archive, unlocking, progress);
  }

  @Override
  public List<DrillReceipt> history() throws ProblemException {
    return parts.backups().drills().list();
  }
}
