package dev.quayside.ui.control;

import dev.quayside.common.Messages;
import java.util.Locale;

/** Shows the state of a service by shape, word and colour. */
public final class StatePill extends Pill {

  private final Messages messages = Messages.of("shell");

  /** Creates a pill that shows nothing yet. */
  public StatePill() {
    super("state-pill");
  }

  /** Shows {@code state}. */
  public void show(ServiceState state) {
    show(state, word(messages, state));
  }

  /** Returns the word for {@code state}. */
  public static String word(Messages messages, ServiceState state) {
    return messages.get("state." + state.name().toLowerCase(Locale.ROOT));
  }
}
