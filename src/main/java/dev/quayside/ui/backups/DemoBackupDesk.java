package dev.quayside.ui.backups;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Stands in for backups in the demo: those of the script are shown, and none is made. */
public final class DemoBackupDesk implements BackupDesk {

  private final DemoArchives archives;

  /** Scripts what {@code clock} makes it: archives of the last days. */
  public DemoBackupDesk(InstantSource clock) {
    this.archives = new DemoArchives(clock);
  }

  @Override
  public BackupScope scope(String stack) throws ProblemException {
    throw new ProblemException(demo());
  }

  @Override
  public Outcome<BackupReceipt> create(BackupRequest request, Progress progress) {
    return new Outcome.Refused<>(demo());
  }

  @Override
  public List<ShelvedArchive> shelf() {
    return archives.shelf();
  }

  @Override
  public PreviewReport preview(Path archive, Unlocking unlocking) throws ProblemException {
    throw new ProblemException(demo());
  }

  @Override
  public Outcome<VerificationReport> verify(Path archive, Unlocking unlocking, Progress progress) {
    return new Outcome.Refused<>(demo());
  }

  @Override
  public Outcome<RestoreReceipt> restore(RestoreRequest request, Progress progress) {
    return new Outcome.Refused<>(demo());
  }

  @Override
  public ForeignDesk foreign() {
    return new DemoForeign();
  }

  @Override
  public LandingDesk landings() {
    return new DemoLandings();
  }

  @Override
  public DrillDesk drills() {
    return new DemoDrills(archives);
  }

  @Override
  public ScheduleDesk schedules() {
    return new DemoSchedules();
  }

  @Override
  public KeyDesk keys() {
    return new DemoKeys(archives);
  }

  static Problem demo() {
    return new Problem(
        "DEMO",
        BackupsText.of("demo.title"),
        BackupsText.of("demo.happened"),
        BackupsText.of("demo.unchanged"),
        BackupsText.of("demo.next"),
        null,
        "");
  }
}
