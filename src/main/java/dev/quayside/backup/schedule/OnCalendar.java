package dev.quayside.backup.schedule;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says when a backup is due, in the words of systemd's {@code OnCalendar=}: weekdays, a date and a
 * time, for example {@code Mon..Fri 02:30} or {@code *-*-1 04:00}. Understood are lists, ranges and
 * steps; years, seconds and time zones are not, so that the built-in timer and systemd never mean
 * different moments.
 */
public final class OnCalendar {

  private static final Map<String, String> SHORT =
      Map.of(
          "hourly", "*-*-* *:00",
          "daily", "*-*-* 00:00",
          "weekly", "Mon *-*-* 00:00",
          "monthly", "*-*-01 00:00");

  /** Days looked at: the 29th of February on a certain weekday comes once in 28 years, or in 40. */
  private static final int FARTHEST_DAYS = 41 * 366;

  private static final int LONGEST = 200;
  private static final int LAST_MONTH = 12;
  private static final int LAST_DAY = 31;
  private static final int LAST_HOUR = 23;
  private static final int LAST_MINUTE = 59;

  private final String expression;
  private final Set<DayOfWeek> weekdays;
  private final BitSet months;
  private final BitSet days;
  private final BitSet hours;
  private final BitSet minutes;

  private OnCalendar(String expression) {
    this.expression = expression;
    String full = SHORT.getOrDefault(expression.toLowerCase(Locale.ROOT), expression);
    List<String> words = Arrays.asList(full.split(" +"));
    int at = 0;
    weekdays = EnumSet.noneOf(DayOfWeek.class);
    if (Character.isLetter(words.get(at).charAt(0))) {
      addWeekdays(words.get(at++), weekdays);
    } else {
      weekdays.addAll(EnumSet.allOf(DayOfWeek.class));
    }
    String date = at < words.size() && words.get(at).contains("-") ? words.get(at++) : "*-*-*";
    String time = at < words.size() ? words.get(at++) : "00:00";
    if (at < words.size()) {
      throw new IllegalArgumentException(words.get(at));
    }
    String[] dates = date.split("-", -1);
    String[] times = time.split(":", -1);
    boolean everyYear = dates.length == 2 || (dates.length == 3 && dates[0].equals("*"));
    boolean wholeMinutes = times.length == 2 || (times.length == 3 && times[2].matches("00?"));
    if (!everyYear || !wholeMinutes) {
      throw new IllegalArgumentException(full);
    }
    months = CalendarField.of(dates[dates.length - 2], 1, LAST_MONTH);
    days = CalendarField.of(dates[dates.length - 1], 1, LAST_DAY);
    hours = CalendarField.of(times[0], 0, LAST_HOUR);
    minutes = CalendarField.of(times[1], 0, LAST_MINUTE);
  }

  private static void addWeekdays(String text, Set<DayOfWeek> weekdays) {
    for (String item : text.split(",", -1)) {
      String[] ends = item.split("\\.\\.", -1);
      DayOfWeek first = weekday(ends[0]);
      DayOfWeek last = weekday(ends[ends.length - 1]);
      if (ends.length > 2 || first.compareTo(last) > 0) {
        throw new IllegalArgumentException(item);
      }
      weekdays.addAll(EnumSet.range(first, last));
    }
  }

  private static DayOfWeek weekday(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().equals(name) || day.name().substring(0, 3).equals(name)) {
        return day;
      }
    }
    throw new IllegalArgumentException(text);
  }

  /**
   * Reads an expression.
   *
   * @throws ProblemException if it is not understood, or never comes
   */
  public static OnCalendar parse(String expression) throws ProblemException {
    String text = expression.strip();
    try {
      if (!text.isEmpty() && text.length() <= LONGEST) {
        OnCalendar calendar = new OnCalendar(text);
        if (calendar.next(Instant.EPOCH, ZoneId.of("UTC")) != null) {
          return calendar;
        }
      }
    } catch (IllegalArgumentException notUnderstood) {
      throw new ProblemException(refusal(text), notUnderstood);
    }
    throw notUnderstood(text);
  }

  /** Says that {@code text} names no moment. */
  public static ProblemException notUnderstood(String text) {
    return new ProblemException(refusal(text));
  }

  private static Problem refusal(String text) {
    return Messages.of("schedule").problem("SCHEDULE-CALENDAR", ForeignText.line(text, LONGEST));
  }

  /** Returns the moment of each day at {@code time}; its seconds do not count. */
  public static OnCalendar daily(LocalTime time) {
    return new OnCalendar("*-*-* " + clock(time));
  }

  /** Returns the moment of each week at {@code time} on {@code day}. */
  public static OnCalendar weekly(DayOfWeek day, LocalTime time) {
    String name = day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT);
    return new OnCalendar(name + " *-*-* " + clock(time));
  }

  private static String clock(LocalTime time) {
    return String.format(Locale.ROOT, "%02d:%02d", time.getHour(), time.getMinute());
  }

  /**
   * Returns the first moment after {@code after}, or null if there is none. A time that a clock
   * change skips comes as much later as the clock jumps.
   */
  public @Nullable Instant next(Instant after, ZoneId zone) {
    LocalDate first = after.atZone(zone).toLocalDate();
    // The day before too: what a clock change moves past midnight belongs to it.
    for (int i = -1; i < FARTHEST_DAYS; i++) {
      LocalDate date = first.plusDays(i);
      if (months.get(date.getMonthValue())
          && days.get(date.getDayOfMonth())
          && weekdays.contains(date.getDayOfWeek())) {
        Instant found = on(date, after, zone);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable Instant on(LocalDate date, Instant after, ZoneId zone) {
    for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
      for (int minute = minutes.nextSetBit(0);
          minute >= 0;
          minute = minutes.nextSetBit(minute + 1)) {
        Instant found = ZonedDateTime.of(date, LocalTime.of(hour, minute), zone).toInstant();
        if (found.isAfter(after)) {
          return found;
        }
      }
    }
    return null;
  }

  /** Returns the expression as it was given. */
  public String expression() {
    return expression;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OnCalendar calendar && calendar.expression.equals(expression);
  }

  @Override
  public int hashCode() {
    return Objects.hash(expression);
  }

  @Override
  public String toString() {
    return expression;
  }
}
