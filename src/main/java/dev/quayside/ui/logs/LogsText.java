package dev.quayside.ui.logs;

import dev.quayside.common.Messages;

/** Gives the words of the Logs page. */
final class LogsText {

  private static final Messages MESSAGES = Messages.of("logs");

  private LogsText() {}

  static String of(String key, Object... arguments) {
    return MESSAGES.get(key, arguments);
  }
}
