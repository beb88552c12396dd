package dev.quayside.app;

import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import java.io.IOException;

/** Says that Quayside's own folders cannot be used. */
final class Folders {

  private Folders() {}

  static Problem unusable(Home home, IOException cause) {
    Messages messages = Messages.of("app");
    return new Problem(
        "HOME-UNUSABLE",
        messages.get("home.title"),
        messages.get("home.happened", home.state(), cause.getClass().getSimpleName()),
        messages.get("home.unchanged"),
        messages.get("home.next"),
        null,
        "");
  }
}
