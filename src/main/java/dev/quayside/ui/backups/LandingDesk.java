package dev.quayside.ui.backups;

import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.backup.landing.StackDatabases;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.util.List;

/**
 * Offers to restore archives and dumps over stacks, and to take that back. All methods may block.
 */
public interface LandingDesk {

  /** Asks the servers of {@code stack} which databases a dump can take the place of. */
  List<StackDatabases.Held> databases(String stack) throws ProblemException;

  /** Says what a restore would stop and exchange; nothing of the archive is verified for it. */
  Outcome<LandingPlan> plan(LandingOrder order) throws ProblemException;

  /** Restores over the stack. */
  Outcome<LandingReceipt> land(LandingOrder order, Progress progress) throws ProblemException;

  /** Puts back what the last restore of {@code stack} replaced. */
  Outcome<LandingReceipt> undo(String stack) throws ProblemException;

  /** Removes what the last restore of {@code stack} replaced. */
  Outcome<LandingReceipt> accept(String stack) throws ProblemException;

  /** Returns the restores that wait to be accepted or undone; asks no engine. */
  List<LandingReceipt> pending() throws ProblemException;
}
