package dev.quayside.backup.schedule;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one field of an OnCalendar expression: a star, or numbers, ranges and steps, by commas. */
final class CalendarField {

  private static final Pattern ITEM =
      Pattern.compile("(\\d{1,2})(?:\\.\\.(\\d{1,2}))?(?:/(\\d{1,2}))?");

  private CalendarField() {}

  /**
   * Returns the values that {@code text} names.
   *
   * @throws IllegalArgumentException if it names none, or one that does not exist
   */
  static BitSet of(String text, int least, int most) {
    BitSet values = new BitSet(most + 1);
    if (text.equals("*")) {
      values.set(least, most + 1);
      return values;
    }
    for (String item : text.split(",", -1)) {
      Matcher parts = ITEM.matcher(item);
      if (!parts.matches()) {
        throw new IllegalArgumentException(item);
      }
      int from = Integer.parseInt(parts.group(1));
      int to = to(parts, from, most);
      int step = parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3));
      if (from < least || to > most || from > to || step < 1) {
        throw new IllegalArgumentException(item);
      }
      for (int value = from; value <= to; value += step) {
        values.set(value);
      }
    }
    return values;
  }

  private static int to(Matcher parts, int from, int most) {
    if (parts.group(2) != null) {
      return Integer.parseInt(parts.group(2));
    }
    return parts.group(3) == null ? from : most;
  }
}
