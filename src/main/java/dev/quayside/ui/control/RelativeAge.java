package dev.quayside.ui.control;

import dev.quayside.common.Messages;
import java.time.Instant;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** Shows how long ago something was, with the exact time as tooltip. */
public final class RelativeAge extends Label {

  private final Messages messages = Messages.of("shell");
  private @Nullable Instant shown;

  /** Creates a label that shows a dash. */
  public RelativeAge() {
    super(UnknownText.DASH);
    getStyleClass().addAll("relative-age", "muted");
  }

  /** Shows how long before {@code now} {@code at} was; a dash where {@code at} is null. */
  public void show(@Nullable Instant at, Instant now) {
    String text = at == null ? UnknownText.DASH : AgeText.of(messages, at, now);
    if (!text.equals(getText())) {
      setText(text);
    }
    if (at != null && !at.equals(shown)) {
      setTooltip(new Tooltip(exact(at)));
    }
    shown = at;
  }

  /** Returns the date and time of {@code at}. */
  public static String exact(Instant at) {
    return ExactTime.text(at);
  }
}
