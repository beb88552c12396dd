package dev.quayside.backup;

/** Tells who made an archive, as far as can be told. */
public enum Origin {
  /** Somebody who knows the passphrase. */
  PASSPHRASE_HOLDER,
  /** Anybody who has the public key: it is not signed, or the signature was not checked. */
  UNKNOWN
}
