package dev.quayside.catalogue;

import dev.quayside.common.Messages;
import java.util.List;

/**
 * Names a setting that has no effect.
 *
 * @param pattern the name, with {@code *} for any characters
 * @param reason key of a message that says why
 * @param readInstead the name that is really read; empty where there is none
 */
public record InertSetting(String pattern, String reason, String readInstead) {

  private static final Messages MESSAGES = Messages.of("catalogue");

  /** Returns why it has no effect, for people. */
  public String reasonText() {
    return readInstead.isEmpty()
        ? MESSAGES.get("inert." + reason)
        : MESSAGES.get("inert.instead", readInstead);
  }

  boolean covers(String name) {
    return new LayerPaths(List.of(pattern)).covers(name);
  }
}
