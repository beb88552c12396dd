package dev.quayside.cli;

import dev.quayside.common.Outcome;

/**
 * Lists the exit codes of the command line; they are part of its contract and never change their
 * meaning.
 */
enum ExitCode {
  /** Done and proven. */
  PROVEN(0),
  /** Failed; nothing was changed, or everything was put back. */
  FAILED(1),
  /** The command line itself was wrong. */
  USAGE(2),
  /** An audit, a verification or a drill says no. */
  FINDINGS(3),
  /** Partly done, or done and not provable. */
  ATTENTION(4),
  /** Refused by a guard before anything was changed. */
  REFUSED(5),
  /** The engine cannot be reached. */
  UNREACHABLE(6),
  /** A fault of Quayside itself. */
  INTERNAL(70),
  /** Ended by Ctrl+C. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** Returns the number handed to the shell. */
  int code() {
    return code;
  }

  /** Returns the exit code that an outcome of any operation has. */
  static ExitCode of(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> PROVEN;
      case Outcome.Failed<?> failed -> FAILED;
      case Outcome.Found<?> found -> FINDINGS;
      case Outcome.Attention<?> attention -> ATTENTION;
      case Outcome.Refused<?> refused -> REFUSED;
    };
  }
}
