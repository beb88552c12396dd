package dev.quayside.cli;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.apart.ApartWork;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Makes the backup that the window asks for by a pipe. Not for people, and subject to change. */
@Command(name = "apart", hidden = true, resourceBundle = "dev.quayside.cli.help")
final class BackupApartVerb extends Verb {

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException {
    BackupCreation creation = session.backupCreation();
    try (ApartWork work = ApartWork.read(System.in)) {
      return interruptible().run(progress -> ExitCode.of(work.run(creation, progress, System.out)));
    } catch (IOException e) {
      terminal.note(String.valueOf(e));
      return ExitCode.USAGE;
    }
  }
}
