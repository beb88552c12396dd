package dev.quayside.catalogue;

/**
 * Names what a change of a secret costs, from harmless to destructive; the strictest class of a
 * secret governs it.
 */
public enum RotationClass {
  /** Nothing in the running stack reads it. */
  R0,
  /** Read from the environment at start; nothing stored depends on it. */
  R1,
  /** As R1, but it signs cookies or tokens: everybody is signed out. */
  R2,
  /** The same value lives in several files or settings stores. */
  R3,
  /** Was written into a database or volume at first start. */
  R4,
  /** Decrypts stored data. */
  R5,
  /** Used once at first start. */
  R6,
  /** Minted by a third party. */
  R7,
  /** Looks like a secret; nobody has classified it. */
  UNCLASSIFIED
}
