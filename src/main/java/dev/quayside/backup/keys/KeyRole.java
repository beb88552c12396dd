package dev.quayside.backup.keys;

/** Names what a key is for. */
public enum KeyRole {
  /** Archives are made for it, and its signatures are known. */
  RECIPIENT,
  /** Only its signatures are known. */
  SIGNER,
  /** It signs what is made here. */
  OWN
}
