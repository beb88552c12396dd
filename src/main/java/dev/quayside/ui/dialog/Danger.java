package dev.quayside.ui.dialog;

/**
 * Names the tiers of danger that need a question. What can be undone is done at once and offers
 * Undo instead.
 */
public enum Danger {
  /** Nothing is lost: the question only makes plain what will happen. */
  NONE,
  /** Can be had back from the safety copy that the question names. */
  RECOVERABLE,
  /** Cannot be had back: the operator types the name. */
  IRREVERSIBLE
}
