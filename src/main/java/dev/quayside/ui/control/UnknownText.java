package dev.quayside.ui.control;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** Shows a value, or a dash with the reason why it is unknown. Never a made-up zero. */
public final class UnknownText extends Label {

  /** What stands where a value is unknown. */
  public static final String DASH = "—";

  private static final PseudoClass UNKNOWN = PseudoClass.getPseudoClass("unknown");

  /** Creates a label that shows a dash. */
  public UnknownText() {
    super(DASH);
    getStyleClass().addAll("unknown-text", "figure");
  }

  /**
   * Shows {@code value}, or a dash where it is null.
   *
   * @param reason why it is unknown; shown as tooltip and told to assistive technology
   */
  public void show(@Nullable String value, String reason) {
    pseudoClassStateChanged(UNKNOWN, value == null);
    String text = value == null ? DASH : value;
    if (!text.equals(getText())) {
      setText(text);
    }
    if (value != null) {
      setTooltip(null);
      setAccessibleText(null);
    } else if (getTooltip() == null || !reason.equals(getTooltip().getText())) {
      setTooltip(new Tooltip(reason));
      setAccessibleText(reason);
    }
  }
}
