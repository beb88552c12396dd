package dev.quayside.exposure.status;

import java.time.Duration;

/** Says how often everything is measured; it follows what the operator can see. */
public enum Pace {
  /** The window is shown and has the focus, or {@code status --watch} runs. */
  VISIBLE(Duration.ofSeconds(1)),
  /** The window is shown without the focus. */
  UNFOCUSED(Duration.ofSeconds(2)),
  /** Nobody looks: minimised, or headless. */
  HIDDEN(Duration.ofSeconds(5));

  private final Duration period;

  Pace(Duration period) {
    this.period = period;
  }

  /** Returns the time from one sweep to the next. */
  public Duration period() {
    return period;
  }
}
