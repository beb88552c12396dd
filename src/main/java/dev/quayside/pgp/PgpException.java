package dev.quayside.pgp;

import java.io.IOException;

/** Tells why a message or a key was refused. Its text never holds a secret. */
public final class PgpException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Names the cause, so that callers can word it for people. */
  public enum Reason {
    /** It does not begin like an OpenPGP message. */
    NOT_OPENPGP,
    /** It is an OpenPGP message, but not encrypted. */
    NOT_ENCRYPTED,
    /** It is encrypted without integrity protection, so altered bytes would go unnoticed. */
    NO_INTEGRITY,
    /** It uses packets of RFC 9580 or LibrePGP that are not read yet. */
    NEWER_FORMAT,
    /** It uses a cipher or passphrase method that the policy does not allow. */
    REFUSED_ALGORITHM,
    /** The passphrase does not open it, or its first bytes are altered. */
    WRONG_PASSPHRASE,
    /** It can be opened by a secret key only, and none was given. */
    KEY_NEEDED,
    /** It can be opened by a passphrase only, and a key was given. */
    PASSPHRASE_NEEDED,
    /** None of the given secret keys is among its recipients. */
    NO_MATCHING_KEY,
    /** The passphrase does not unlock the secret key. */
    WRONG_KEY_PASSPHRASE,
    /** The file holds no key that can be used for this. */
    UNUSABLE_KEY,
    /** The message ends too early. */
    CUT_SHORT,
    /** What was read is not what was written: the integrity check says no. */
    ALTERED,
    /** A key that is known is said to have signed it, and did not sign this. */
    BAD_SIGNATURE,
    /** It is intact, but what is inside is no data that a message may hold. */
    UNREADABLE_INSIDE,
    /** Something follows after the end of the message. */
    TRAILING_DATA
  }

  private final Reason reason;

  PgpException(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  PgpException(Reason reason, String detail, Throwable cause) {
    super(reason + ": " + detail, cause);
    this.reason = reason;
  }

  /** Returns the cause. */
  public Reason reason() {
    return reason;
  }
}
