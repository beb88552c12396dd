package dev.quayside.ui.dialog;

import org.jspecify.annotations.Nullable;

/**
 * Is a short message that goes away by itself, unless it is about something wrong.
 *
 * @param tone how it looks
 * @param text noun and past participle: {@code Backup created}
 * @param actionText the one thing that can be done about it, for example {@code Undo}; null for
 *     none
 * @param action does it; null for none
 */
public record Notice(
    Tone tone, String text, @Nullable String actionText, @Nullable Runnable action) {

  /** Creates a message that only tells. */
  public static Notice info(String text) {
    return new Notice(Tone.INFO, text, null, null);
  }

  /** Names how a message looks and how long it stays. */
  public enum Tone {
    INFO,
    GOOD,
    WARN,
    BAD
  }
}
