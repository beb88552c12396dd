package dev.quayside.cli;

import dev.quayside.common.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes, lists, previews, verifies, drills, restores and plans encrypted archives. */
@Command(
    name = "backup",
    resourceBundle = "dev.quayside.cli.help",
    subcommands = {
      BackupCreateVerb.class,
      BackupApartVerb.class,
      BackupListVerb.class,
      BackupPreviewVerb.class,
      BackupVerifyVerb.class,
      BackupDrillVerb.class,
      BackupRestoreVerb.class,
      BackupUndoVerb.class,
      BackupAcceptVerb.class,
      BackupKeyVerb.class,
      ScheduleVerb.class
    })
final class BackupVerb implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), Messages.of("cli").get("usage.missing-verb"));
  }
}
