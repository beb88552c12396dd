package dev.quayside.ui.logs;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;

/** Gives the words of the Logs page. */
final class LogsText {

  private static final int LONGEST_NAME = 80;

  private static final Messages MESSAGES = Messages.of("logs");

  private LogsText() {}

  /** Returns the name of a service as it may be shown; whoever starts a container names it. */
  static String name(String service) {
    return ForeignText.line(service, LONGEST_NAME);
  }

  static String of(String key, Object... arguments) {
    return MESSAGES.get(key, arguments);
  }
}
