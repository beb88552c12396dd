package dev.quayside.catalogue;

import java.util.Collection;
import java.util.Comparator;

/** Names what a change of a secret costs; the strictest class of a secret governs it. */
public enum RotationClass {
  /** Nothing in the running stack reads it. */
  R0(0),
  /** Read from the environment at start; nothing stored depends on it. */
  R1(1),
  /** As R1, but it signs cookies or tokens: everybody is signed out. */
  R2(4),
  /** The same value lives in several files or settings stores. */
  R3(5),
  /** Was written into a database or volume at first start. */
  R4(6),
  /** Decrypts stored data. */
  R5(8),
  /** Used once at first start. */
  R6(2),
  /** Minted by a third party. */
  R7(3),
  /** Looks like a secret; nobody has classified it. */
  UNCLASSIFIED(7);

  private final int strictness;

  RotationClass(int strictness) {
    this.strictness = strictness;
  }

  /** Returns the class that decides what may be done; {@link #UNCLASSIFIED} where there is none. */
  public static RotationClass governing(Collection<RotationClass> classes) {
    return classes.stream()
        .max(Comparator.comparingInt(one -> one.strictness))
        .orElse(UNCLASSIFIED);
  }
}
