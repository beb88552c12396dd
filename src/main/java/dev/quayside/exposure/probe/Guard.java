package dev.quayside.exposure.probe;

/** Names what the answers of a service say of its protection. */
public enum Guard {
  /** None and a wrong credential are refused, the right one is accepted. */
  GUARDED,
  /** None and a wrong one are refused; the right one was not tried, or its answer was unclear. */
  GUARDED_UNCONFIRMED,
  /** Answers without any credential. */
  OPEN,
  /** Refuses none and accepts a made-up one. */
  KEY_IGNORED,
  /** Refuses the one that the stack's files hold: the running service has another. */
  KEY_REFUSED,
  /**
   * Answers at the one path that is known, which is open on purpose: it says nothing of the rest.
   */
  HARMLESS,
  /** Nobody knows how to ask it, or it cannot be asked just now. */
  NOT_ASKED,
  /** Gave no answer. */
  SILENT,
  /** Gave an answer that nobody has told the meaning of. */
  UNKNOWN;

  /** Returns whether whoever reaches the port gets in. */
  public boolean open() {
    return this == OPEN || this == KEY_IGNORED;
  }
}
