package dev.quayside.ui.environment;

import dev.quayside.stack.settings.EnvTarget;
import java.util.List;

/**
 * Holds a wish as it was when it was asked for, until it is carried out or dropped: what is
 * confirmed is then what was shown, whatever is chosen or noted meanwhile.
 *
 * @param wish its values belong to this
 * @param noted the edits that it came from, whose values stay with who holds them
 */
record Asked(EnvWish wish, List<PendingEdit> noted) implements AutoCloseable {

  /** Makes the list immutable. */
  Asked {
    noted = List.copyOf(noted);
  }

  /** Returns the file. */
  EnvTarget target() {
    return wish.target();
  }

  /** Returns the wish with values of its own, for one use. */
  EnvWish copy() {
    return wish.copy();
  }

  @Override
  public void close() {
    wish.close();
  }
}
