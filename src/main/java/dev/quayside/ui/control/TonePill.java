package dev.quayside.ui.control;

/** Shows a word in one of the tones that all pages share, for states of their own. */
public final class TonePill extends Pill {

  /** Creates a pill that shows nothing yet. */
  public TonePill() {
    super("tone-pill");
  }

  /** Creates a pill that shows {@code word}. */
  public TonePill(Tone tone, String word) {
    this();
    show(tone, word);
  }

  /** Shows {@code word} in {@code tone}. */
  public void show(Tone tone, String word) {
    super.show(tone, word);
  }

  /** Names the tones; each has a shape and a colour. */
  public enum Tone {
    GOOD,
    INFO,
    WARN,
    BAD,
    UNKNOWN,
    OFF
  }
}
