package dev.quayside.ui.control;

import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import java.time.Duration;
import java.time.Instant;

/** Words how long ago something was; needs no window. */
public final class AgeText {

  private static final Duration JUST_NOW = Duration.ofSeconds(5);

  private AgeText() {}

  /** Returns how long before {@code now} {@code at} was, in words. */
  public static String of(Messages messages, Instant at, Instant now) {
    Duration age = Duration.between(at, now);
    return age.compareTo(JUST_NOW) < 0
        ? messages.get("age.now")
        : messages.get("age.ago", Quantities.duration(age));
  }
}
