package dev.quayside.ui.backups;

import dev.quayside.backup.PassphraseSource;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import org.jspecify.annotations.Nullable;

/** Lends what a person typed to the operations of one flow, and wipes it when the flow ends. */
final class HeldPassphrase implements PassphraseSource, AutoCloseable {

  private @Nullable Secret secret;

  /** Takes ownership of {@code typed}; null where nothing was asked. */
  HeldPassphrase(@Nullable Secret typed) {
    this.secret = typed;
  }

  @Override
  public synchronized Secret passphrase(Purpose purpose) throws ProblemException {
    Secret held = secret;
    if (held == null) {
      Messages messages = Messages.of("backups-page");
      throw new ProblemException(
          new Problem(
              "BACKUP-NO-PASSPHRASE",
              messages.get("passphrase.missing.title"),
              messages.get("passphrase.missing.happened"),
              messages.get("passphrase.missing.unchanged"),
              messages.get("passphrase.missing.next"),
              null,
              ""));
    }
    return held.copy();
  }

  @Override
  public synchronized void close() {
    if (secret != null) {
      secret.close();
      secret = null;
    }
  }
}
