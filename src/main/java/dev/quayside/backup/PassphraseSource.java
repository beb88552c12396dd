package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;

/** Asks for a passphrase: the window's field, a terminal prompt, a file or a systemd credential. */
public interface PassphraseSource {

  /** Names what the passphrase is for. */
  enum Purpose {
    /** To protect a new archive; an interactive source asks twice. */
    PROTECT,
    /** To open an archive. */
    OPEN,
    /** To unlock a secret key file. */
    UNLOCK_KEY
  }

  /**
   * Returns the passphrase; the caller closes it. May block on a person, so never on the window's
   * thread.
   *
   * @throws ProblemException if there is none: the file is missing, the person cancelled
   */
  Secret passphrase(Purpose purpose) throws ProblemException;
}
