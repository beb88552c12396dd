package dev.quayside.cli;

import dev.quayside.backup.Unlocking;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Says how an archive is opened. */
final class UnlockOptions {

  @Option(names = "--passphrase-file", paramLabel = "F", descriptionKey = "backup.passphrase-file")
  private @Nullable Path passphraseFile;

  @Option(names = "--secret-key", paramLabel = "F", descriptionKey = "backup.secret-key")
  private @Nullable Path secretKey;

  /** Returns how; while it waits for a person, {@code interruptible} may end the verb. */
  Unlocking unlocking(@Nullable Interruptible interruptible) {
    return new Unlocking(
        new TerminalPassphrase(passphraseFile, TerminalPassphrase.credentials(), interruptible),
        secretKey);
  }
}
