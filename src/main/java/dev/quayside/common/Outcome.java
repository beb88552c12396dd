package dev.quayside.common;

/**
 * Tells how an operation ended, in the five ways that the window shows and the command line turns
 * into exit codes.
 *
 * @param <R> the receipt: a record of what was changed and what the probes answered
 */
public sealed interface Outcome<R> {

  /** Done, and its effect is proven. Exit code 0. */
  record Done<R>(R receipt) implements Outcome<R> {}

  /** Failed; nothing was changed, or everything was put back. Exit code 1. */
  record Failed<R>(Problem problem) implements Outcome<R> {}

  /**
   * Looked, and the answer is no: an audit, a verification or a drill found something. Exit code 3.
   */
  record Found<R>(R receipt) implements Outcome<R> {}

  /** Partly done, or done and not provable; the problem says what and where. Exit code 4. */
  record Attention<R>(R receipt, Problem problem) implements Outcome<R> {}

  /** Refused by a guard before anything was changed. Exit code 5. */
  record Refused<R>(Problem problem) implements Outcome<R> {}
}
