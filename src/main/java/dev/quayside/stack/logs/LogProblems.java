package dev.quayside.stack.logs;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;

/** Words the problems of reading and searching logs. */
final class LogProblems {

  private static final Messages MESSAGES = Messages.of("logs");

  private LogProblems() {}

  static String text(String key, Object... arguments) {
    return MESSAGES.get(key, arguments);
  }

  /** Returns that a person's expression cannot be read. */
  static Problem expression(String mistake, String detail) {
    return new Problem(
        "LOGS-EXPRESSION",
        text("expression.title", mistake),
        text("expression.happened", mistake),
        text("expression.unchanged"),
        text("expression.next"),
        null,
        detail);
  }

  /** Returns that there is no engine to read from now. */
  static Problem noEngine() {
    return new Problem(
        "LOGS-NO-ENGINE",
        text("engine.title"),
        text("engine.happened"),
        text("engine.unchanged"),
        text("engine.next"),
        null,
        "");
  }
}
