package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.IOException;

/**
 * Holds what a passphrase was turned into for one message, so that the passphrase itself can be
 * wiped long before the message is begun. Good for one message only; wiped when that has begun, or
 * when closed.
 */
public final class DerivedKey implements AutoCloseable {

  private final PassphraseMethod method;

  private DerivedKey(PassphraseMethod method) {
    this.method = method;
  }

  /**
   * Turns {@code passphrase} into a key with a salt of its own, which is dear by intention.
   *
   * @throws PgpException if the passphrase is empty
   */
  public static DerivedKey of(Secret passphrase) throws IOException {
    if (passphrase.length() == 0) {
      throw new PgpException(PgpException.Reason.WRONG_PASSPHRASE, "the passphrase is empty");
    }
    return new DerivedKey(new PassphraseMethod(passphrase));
  }

  PassphraseMethod method() {
    return method;
  }

  @Override
  public void close() {
    method.wipe();
  }
}
