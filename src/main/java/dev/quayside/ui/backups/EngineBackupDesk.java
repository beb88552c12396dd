package dev.quayside.ui.backups;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.Preview;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.Restore;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.nio.file.Path;
import java.util.List;

/** Works on the backups of the stacks on a real engine. */
public final class EngineBackupDesk implements BackupDesk {

  private final Scopes scopes;
  private final Creation creation;
  private final BackupShelf shelf;
  private final Preview preview;
  private final BackupVerification verification;
  private final Restore restore;
  private final ForeignDesk foreign;
  private final LandingDesk landings;
  private final DrillDesk drills;
  private final ScheduleDesk schedules;
  private final KeyDesk keys;

  /** Finds what a stack has to save. */
  @FunctionalInterface
  public interface Scopes {
    /** Returns what a backup of the stack called {@code stack} can take in; may block. */
    BackupScope of(String stack) throws ProblemException;
  }

  /** Makes backups. */
  @FunctionalInterface
  public interface Creation {
    /** Makes one; may block. */
    Outcome<BackupReceipt> run(BackupRequest request, Progress progress) throws ProblemException;
  }

  /** Joins the operations. */
  public EngineBackupDesk(
      Scopes scopes,
      Creation creation,
      BackupShelf shelf,
      Preview preview,
      BackupVerification verification,
      Restore restore,
      ForeignDesk foreign,
      LandingDesk landings,
      DrillDesk drills,
      ScheduleDesk schedules,
      KeyDesk keys) {
    this.scopes = scopes;
    this.creation = creation;
    this.shelf = shelf;
    this.preview = preview;
    this.verification = verification;
    this.restore = restore;
    this.foreign = foreign;
    this.landings = landings;
    this.drills = drills;
    this.schedules = schedules;
    this.keys = keys;
  }

  @Override
  public BackupScope scope(String stack) throws ProblemException {
    return scopes.of(stack);
  }

  @Override
  public Outcome<BackupReceipt> create(BackupRequest request, Progress progress)
      throws ProblemException {
    return creation.run(request, progress);
  }

  @Override
  public List<ShelvedArchive> shelf() throws ProblemException {
    return shelf.look();
  }

  @Override
  public PreviewReport preview(Path archive, Unlocking unlocking) throws ProblemException {
    return preview.look(archive, unlocking);
  }

  @Override
  public Outcome<VerificationReport> verify(Path archive, Unlocking unlocking, Progress progress) {
    return verification.run(archive, unlocking, progress);
  }

  @Override
  public Outcome<RestoreReceipt> restore(RestoreRequest request, Progress progress) {
    return restore.run(request, progress);
  }

  @Override
  public ForeignDesk foreign() {
    return foreign;
  }

  @Override
  public LandingDesk landings() {
    return landings;
  }

  @Override
  public DrillDesk drills() {
    return drills;
  }

  @Override
  public ScheduleDesk schedules() {
    return schedules;
  }

  @Override
  public KeyDesk keys() {
    return keys;
  }
}
