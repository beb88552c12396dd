package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import org.jspecify.annotations.Nullable;

/** Asks a source once and answers twice: for an archive and for what lies beside it. */
public final class HeldPassphrase implements PassphraseSource, AutoCloseable {

  private final PassphraseSource source;
  private @Nullable Secret held;

  private HeldPassphrase(PassphraseSource source) {
    this.source = source;
  }

  /** Asks the source of {@code unlocking}. */
  public static HeldPassphrase of(Unlocking unlocking) {
    return new HeldPassphrase(unlocking.passphrases());
  }

  /** Returns the same way of opening, which asks once. */
  public Unlocking unlocking(Unlocking asked) {
    return new Unlocking(this, asked.secretKey());
  }

  @Override
  public Secret passphrase(Purpose purpose) throws ProblemException {
    if (held == null) {
      held = source.passphrase(purpose);
    }
    return held.copy();
  }

  @Override
  public void close() {
    if (held != null) {
      held.close();
    }
  }
}
