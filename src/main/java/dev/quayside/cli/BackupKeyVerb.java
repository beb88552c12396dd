package dev.quayside.cli;

import dev.quayside.common.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps the keys that archives are made for. */
@Command(
    name = "key",
    resourceBundle = "dev.quayside.cli.help",
    subcommands = {
      BackupKeyListVerb.class,
      BackupKeyVerbs.Import.class,
      BackupKeyVerbs.Create.class,
      BackupKeyVerbs.Kit.class,
      BackupKeyVerbs.Export.class,
      BackupKeyVerbs.Remove.class,
      BackupKeyVerbs.Check.class
    })
final class BackupKeyVerb implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), Messages.of("cli").get("usage.missing-verb"));
  }
}
