package dev.quayside.ui.control;

import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import java.time.Duration;
import java.time.Instant;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** Shows how long ago something was, with the exact time as tooltip. */
public final class RelativeAge extends Label {

  private static final Duration JUST_NOW = Duration.ofSeconds(5);

  private final Messages messages = Messages.of("shell");
  private @Nullable Instant shown;

  /** Creates a label that shows a dash. */
  public RelativeAge() {
    super(UnknownText.DASH);
    getStyleClass().addAll("relative-age", "muted");
  }

  /** Shows how long before {@code now} {@code at} was; a dash where {@code at} is null. */
  public void show(@Nullable Instant at, Instant now) {
    String text = at == null ? UnknownText.DASH : text(messages, at, now);
    if (!text.equals(getText())) {
      setText(text);
    }
    if (at != null && !at.equals(shown)) {
      setTooltip(new Tooltip(exact(at)));
    }
    shown = at;
  }

  /** Returns how long before {@code now} {@code at} was, in words. */
  public static String text(Messages messages, Instant at, Instant now) {
    Duration age = Duration.between(at, now);
    return age.compareTo(JUST_NOW) < 0
        ? messages.get("age.now")
        : messages.get("age.ago", Quantities.duration(age));
  }

  /** Returns the date and time of {@code at} as the desktop's language writes them. */
  public static String exact(Instant at) {
    return ExactTime.text(at);
  }
}
