package dev.quayside.ui.control;

import dev.quayside.common.Messages;
import dev.quayside.exposure.Exposure;
import java.util.Locale;

/** Shows who can reach a port by shape, word and colour. */
public final class ExposurePill extends Pill {

  private final Messages messages = Messages.of("shell");

  /** Creates a pill that shows nothing yet. */
  public ExposurePill() {
    super("exposure-pill");
  }

  /** Shows {@code exposure}. */
  public void show(Exposure exposure) {
    show(exposure, word(messages, exposure));
  }

  /** Returns the word for {@code exposure}. */
  public static String word(Messages messages, Exposure exposure) {
    return messages.get("exposure." + exposure.name().toLowerCase(Locale.ROOT));
  }
}
