package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.journal.Intent;

/** Runs commands inside containers, each recorded in the journal. */
@FunctionalInterface
interface ContainerCommands {

  /** Runs a command and waits for its end. */
  ExecResult exec(Intent intent, ExecRequest request) throws ProblemException;
}
