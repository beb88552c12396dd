package dev.quayside.app;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.ui.backups.BackupDesk;
import dev.quayside.ui.backups.DrillDesk;
import dev.quayside.ui.backups.EngineForeignDesk;
import dev.quayside.ui.backups.ForeignDesk;
import dev.quayside.ui.backups.KeyDesk;
import dev.quayside.ui.backups.LandingDesk;
import dev.quayside.ui.backups.ScheduleDesk;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts off making the operations until one is asked for. The list of archives comes straight from
 * the shelf, so that it can be seen while the engine is away.
 */
final class LazyBackupDesk implements BackupDesk {

  private final LiveParts parts;
  private final Lazy<BackupDesk> desk;
  private final BackupShelf shelf;

  LazyBackupDesk(LiveParts parts, Lazy<BackupDesk> desk) {
    this.parts = parts;
    this.desk = desk;
    this.shelf = parts.backups().shelf();
  }

  @Override
  public BackupScope scope(String stack) throws ProblemException {
    return desk.get().scope(stack);
  }

  @Override
  public Outcome<BackupReceipt> create(BackupRequest request, Progress progress)
      throws ProblemException {
    return desk.get().create(request, progress);
  }

  @Override
  public List<ShelvedArchive> shelf() throws ProblemException {
    return shelf.look();
  }

  @Override
  public PreviewReport preview(Path archive, Unlocking unlocking) throws ProblemException {
    return parts.backups().preview().look(archive, unlocking);
  }

  @Override
  public Outcome<VerificationReport> verify(Path archive, Unlocking unlocking, Progress progress)
      throws ProblemException {
    return parts.backups().backupVerification().run(archive, unlocking, progress);
  }

  @Override
  public Outcome<RestoreReceipt> restore(RestoreRequest request, Progress progress)
      throws ProblemException {
    return parts.backups().restore().run(request, progress);
  }

  @Override
  public ForeignDesk foreign() {
    return new EngineForeignDesk(() -> parts.backups().foreignArchives());
  }

  @Override
  public LandingDesk landings() {
    return new LiveLandings(parts);
  }

  @Override
  public DrillDesk drills() {
    return new LiveDrills(parts);
  }

  @Override
  public ScheduleDesk schedules() {
    return new LiveSchedules(parts);
  }

  @Override
  public KeyDesk keys() {
    return new LiveKeys(parts);
  }
}
