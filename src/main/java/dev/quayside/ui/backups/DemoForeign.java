package dev.quayside.ui.backups;

import dev.quayside.backup.ForeignReceipt;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.Unlocking;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import java.nio.file.Path;

/** Stands in for files of other origin in the demo: none is read. */
final class DemoForeign implements ForeignDesk {

  @Override
  public boolean encrypted(Path file) {
    return true;
  }

  @Override
  public boolean foreign(Path file, Unlocking unlocking) {
    return false;
  }

  @Override
  public Outcome<ForeignReport> survey(Path file, Unlocking unlocking, Progress progress) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<ForeignReceipt> unpack(RestoreRequest request, Progress progress) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }
}
