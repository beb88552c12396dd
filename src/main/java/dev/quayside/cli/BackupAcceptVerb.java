package dev.quayside.cli;

import dev.quayside.common.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes what a stack had before its last restore. */
@Command(name = "accept", resourceBundle = "dev.quayside.cli.help")
final class BackupAcceptVerb extends Verb {

  @Parameters(paramLabel = "STACK", descriptionKey = "backup.stack")
  private String stack = "";

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    String name = session.stacks().find(engineOf(session), stack).name();
    return LandingDocuments.report(terminal, session.stackRestore().accept(name));
  }
}
