package dev.quayside.pgp;

/** Names the kinds of key pairs that are made here; GnuPG 2.2 reads all of them. */
public enum KeyKind {
  /** Ed25519 signs, Curve25519 opens: short and fast. */
  CURVE25519,
  /** RSA with 3072 bits, for tools and cards that know nothing else. */
  RSA3072
}
