package dev.quayside.stack.logs;

/**
 * Names how grave a line says it is. It is what the line claims, read by a heuristic, never a
 * proof.
 */
public enum Severity {
  /** Says that something failed, or came on standard error without saying how grave it is. */
  ERROR,
  /** Says that something may go wrong. */
  WARNING,
  /** Says that it is ordinary. */
  INFORMATION,
  /** Says nothing about it. */
  UNKNOWN
}
