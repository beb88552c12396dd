package dev.quayside.stack.logs;

/**
 * Names how grave a line says it is. It is what the line claims, read by a heuristic, never a
 * proof; that it came on standard error says nothing, for many programs write everything there.
 */
public enum Severity {
  /** Says that something failed. */
  ERROR,
  /** Says that something may go wrong. */
  WARNING,
  /** Says that it is ordinary. */
  INFORMATION,
  /** Says nothing about it. */
  UNKNOWN
}
