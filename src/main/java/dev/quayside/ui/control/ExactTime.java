package dev.quayside.ui.control;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** Writes moments as the desktop's language does; needs no window. */
public final class ExactTime {

  private ExactTime() {}

  /** Returns the date and time of {@code at}. */
  public static String text(Instant at) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
        .withZone(ZoneId.systemDefault())
        .format(at);
  }
}
