package dev.quayside.ui.backups;

import dev.quayside.backup.Unlocking;
import dev.quayside.backup.drill.DrillReceipt;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.nio.file.Path;
import java.util.List;

/** Offers to rehearse restores. Both methods may block. */
public interface DrillDesk {

  /** Restores an archive into throw-away containers and tells what came back to life. */
  Outcome<DrillReceipt> drill(Path archive, Unlocking unlocking, Progress progress)
      throws ProblemException;

  /** Returns all drills, newest first; asks no engine. */
  List<DrillReceipt> history() throws ProblemException;
}
