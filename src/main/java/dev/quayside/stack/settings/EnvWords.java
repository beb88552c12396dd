package dev.quayside.stack.settings;

import dev.quayside.common.Messages;

/** Says in words what differs. */
public final class EnvWords {

  private static final Messages MESSAGES = Messages.of("env");

  private EnvWords() {}

  /** Returns one line for {@code difference}; values of secrets are masked in it already. */
  public static String difference(EnvDifference difference) {
    String old = difference.oldValue() == null ? "" : difference.oldValue();
    String now = difference.newValue() == null ? "" : difference.newValue();
    return MESSAGES.get(
        "difference." + difference.kind().name(),
        difference.name(),
        Integer.toString(difference.newLine()),
        old,
        now);
  }
}
