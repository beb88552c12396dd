package dev.quayside.backup;

/** Tells who made an archive, as far as can be told. */
public enum Origin {
  /** Somebody who knows the passphrase. */
  PASSPHRASE_HOLDER,
  /** This installation: its own key signed it. */
  SIGNED_BY_US,
  /** The holder of a key that the operator imported. */
  SIGNED_BY_KNOWN,
  /**
   * Anybody who has the public key: it is not signed, or by a key that is not known here, or it was
   * not read to its end.
   */
  UNKNOWN;

  /** Returns whether it is known who made it, so that links that lead out may be restored. */
  public boolean known() {
    return this != UNKNOWN;
  }
}
