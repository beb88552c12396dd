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
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.nio.file.Path;
import java.util.List;

/**
 * Offers the operations on backups that the page needs: on the real engine, or scripted for the
 * demo. All methods may block.
 */
public interface BackupDesk {

  /** Returns what a backup of the stack called {@code stack} can take in. */
  BackupScope scope(String stack) throws ProblemException;

  /** Makes an archive. */
  Outcome<BackupReceipt> create(BackupRequest request, Progress progress) throws ProblemException;

  /** Lists the archives that were made or verified, newest first, with what is seen of each. */
  List<ShelvedArchive> shelf() throws ProblemException;

  /** Reads the list beside an archive if it is authentic, else the archive's head. */
  PreviewReport preview(Path archive, Unlocking unlocking) throws ProblemException;

  /** Reads every byte of an archive. */
  Outcome<VerificationReport> verify(Path archive, Unlocking unlocking, Progress progress)
      throws ProblemException;

  /** Restores an archive into an empty folder. */
  Outcome<RestoreReceipt> restore(RestoreRequest request, Progress progress)
      throws ProblemException;

  /** Returns what reads files that Quayside did not make. */
  ForeignDesk foreign();

  /** Returns what restores archives over stacks. */
  LandingDesk landings();

  /** Returns what rehearses restores. */
  DrillDesk drills();

  /** Returns the plans by which backups make themselves. */
  ScheduleDesk schedules();

  /** Returns the keys that archives are made for. */
  KeyDesk keys();
}
