package dev.quayside.backup;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Engine;
import dev.quayside.journal.JournaledEngine;
import org.jspecify.annotations.Nullable;

/**
 * Holds the engine as one backup uses it.
 *
 * @param changing stops and starts containers and runs the servers' own tools; null if not
 *     connected
 * @param reading reads what containers have; null if not connected
 */
record BackupEngines(@Nullable JournaledEngine changing, @Nullable Engine reading) {

  private static final Messages MESSAGES = Messages.of("backup");

  /**
   * Returns the engine that changes things.
   *
   * @param what what it is needed for, for the operator
   * @throws ProblemException BACKUP-NO-ENGINE
   */
  JournaledEngine changing(String what) throws ProblemException {
    if (changing == null) {
      throw new ProblemException(MESSAGES.problem("BACKUP-NO-ENGINE", what));
    }
    return changing;
  }

  /**
   * Returns the engine that reads.
   *
   * @param what what it is needed for, for the operator
   * @throws ProblemException BACKUP-NO-ENGINE
   */
  Engine reading(String what) throws ProblemException {
    if (reading == null) {
      throw new ProblemException(MESSAGES.problem("BACKUP-NO-ENGINE", what));
    }
    return reading;
  }
}
