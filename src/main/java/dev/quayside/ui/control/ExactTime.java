package dev.quayside.ui.control;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes moments as the command line does, so that both say the same; needs no window. */
public final class ExactTime {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private ExactTime() {}

  /** Returns the date and time of {@code at}. */
  public static String text(Instant at) {
    return SECONDS.format(at.atZone(ZoneId.systemDefault()));
  }
}
