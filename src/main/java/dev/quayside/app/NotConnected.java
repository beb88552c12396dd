package dev.quayside.app;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;

/** Says that there is no connection to the engine yet. */
final class NotConnected {

  private NotConnected() {}

  static Problem problem() {
    Messages messages = Messages.of("window");
    return new Problem(
        "ENGINE-NOT-YET",
        messages.get("notyet.title"),
        messages.get("notyet.happened"),
        "",
        messages.get("notyet.next"),
        null,
        "");
  }
}
