package dev.quayside.ui.backups;

import dev.quayside.backup.Unlocking;
import dev.quayside.backup.drill.DrillReceipt;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import java.nio.file.Path;
import java.util.List;

/** Stands in for drills in the demo: those of the script are shown, and none is made. */
final class DemoDrills implements DrillDesk {

  private final DemoArchives archives;

  DemoDrills(DemoArchives archives) {
    this.archives = archives;
  }

  @Override
  public Outcome<DrillReceipt> drill(Path archive, Unlocking unlocking, Progress progress) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public List<DrillReceipt> history() {
    return archives.drills();
  }
}
