package dev.quayside.ui.control;

import java.util.OptionalDouble;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;

/**
 * Shows a share as a filled bar. An unknown share is an empty, dashed bar; the word beside it says
 * so.
 */
public final class Meter extends Region {

  private static final double WARN = 0.80;
  private static final double BAD = 0.95;
  private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warn");
  private static final PseudoClass CRITICAL = PseudoClass.getPseudoClass("bad");
  private static final PseudoClass UNKNOWN = PseudoClass.getPseudoClass("unknown");

  private final Region fill = new Region();
  private final boolean judged;
  private double share;

  /**
   * Creates an empty meter.
   *
   * @param judged whether a high share changes the colour: yes for space that runs out, no for work
   *     that is meant to be done
   */
  public Meter(boolean judged) {
    this.judged = judged;
    getStyleClass().add("meter");
    fill.getStyleClass().add("fill");
    fill.setManaged(false);
    getChildren().add(fill);
    setAccessibleRole(AccessibleRole.PROGRESS_INDICATOR);
    pseudoClassStateChanged(UNKNOWN, true);
  }

  /** Shows {@code newest}, 0 to 1; {@code words} is what assistive technology reads. */
  public void show(OptionalDouble newest, String words) {
    double value = newest.isPresent() ? Math.clamp(newest.getAsDouble(), 0.0, 1.0) : 0;
    pseudoClassStateChanged(UNKNOWN, newest.isEmpty());
    pseudoClassStateChanged(WARNING, judged && value >= WARN && value < BAD);
    pseudoClassStateChanged(CRITICAL, judged && value >= BAD);
    if (!words.equals(getAccessibleText())) {
      setAccessibleText(words);
    }
    // Less than a pixel's worth of change is not worth a layout.
    if (Math.abs(value - share) * Math.max(1, getWidth()) >= 0.5 || value == 0 != (share == 0)) {
      share = value;
      requestLayout();
    }
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth() * share;
    fill.resizeRelocate(0, 0, share > 0 ? Math.max(width, getHeight()) : 0, getHeight());
  }
}
