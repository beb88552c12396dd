package dev.quayside.ui.backups;

import dev.quayside.backup.ForeignReceipt;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.Unlocking;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.nio.file.Path;

/**
 * Offers to look at files that Quayside did not make, and to unpack them. All methods may block.
 */
public interface ForeignDesk {

  /** Returns whether {@code file} is encrypted, so that it takes something to open it. */
  boolean encrypted(Path file) throws ProblemException;

  /** Returns whether {@code file} is of other origin; what cannot be opened is not said to be. */
  boolean foreign(Path file, Unlocking unlocking) throws ProblemException;

  /** Reads a file to its end and tells what it holds. */
  Outcome<ForeignReport> survey(Path file, Unlocking unlocking, Progress progress)
      throws ProblemException;

  /** Unpacks a file into an empty folder. */
  Outcome<ForeignReceipt> unpack(RestoreRequest request, Progress progress) throws ProblemException;
}
