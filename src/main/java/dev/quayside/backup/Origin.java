package dev.quayside.backup;

/** Tells who made an archive, as far as can be told. */
public enum Origin {
  /** Somebody who knows the passphrase. */
  PASSPHRASE_HOLDER,
  /** Anybody who has the public key: it is not signed, or the signature was not checked. */
  UNKNOWN;

  /** Returns whether it is known who made it, so that what it says of images may be acted upon. */
  public boolean known() {
    return switch (this) {
      case PASSPHRASE_HOLDER -> true;
      case UNKNOWN -> false;
    };
  }
}
