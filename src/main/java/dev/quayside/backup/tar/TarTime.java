package dev.quayside.backup.tar;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;

/**
 * Holds a time of a file.
 *
 * @param seconds since 1970, negative before
 * @param nanos 0 to 999,999,999, counted forwards also before 1970
 */
public record TarTime(long seconds, int nanos) {

  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final int DIGITS = 9;

  /** 4,355 years before and after 1970: what file systems keep, and no clock overflows. */
  private static final long MOST_SECONDS = 1L << 37;

  /** Checks the range. */
  public TarTime {
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw new IllegalArgumentException("nanoseconds out of range: " + nanos);
    }
  }

  /** Converts a time of the file system; one that no reader would take is kept at the edge. */
  public static TarTime of(FileTime time) {
    return of(time.toInstant());
  }

  /** Converts an instant; one that no reader would take is kept at the edge. */
  public static TarTime of(Instant instant) {
    long seconds = instant.getEpochSecond();
    long kept = Math.clamp(seconds, -MOST_SECONDS, MOST_SECONDS);
    return new TarTime(kept, kept == seconds ? instant.getNano() : 0);
  }

  /** Returns this time if it is one that a file system can have. */
  TarTime checked() throws TarException {
    if (seconds < -MOST_SECONDS || seconds > MOST_SECONDS) {
      throw new TarException(TarException.Reason.BAD_HEADER, "time " + seconds);
    }
    return this;
  }

  /** Converts to a time of the file system. */
  public FileTime toFileTime() {
    return FileTime.from(Instant.ofEpochSecond(seconds, nanos));
  }

  /** Writes it as pax does: decimal seconds, with a fraction where there is one. */
  public String text() {
    if (nanos == 0) {
      return Long.toString(seconds);
    }
    if (seconds >= 0) {
      return String.format(Locale.ROOT, "%d.%09d", seconds, nanos);
    }
    return String.format(Locale.ROOT, "-%d.%09d", -(seconds + 1), NANOS_PER_SECOND - nanos);
  }

  /** Reads what {@link #text} writes; digits beyond nanoseconds are cut off. */
  public static TarTime parse(String text) throws TarException {
    try {
      boolean negative = text.startsWith("-");
      String digits = negative ? text.substring(1) : text;
      int dot = digits.indexOf('.');
      long whole = Long.parseLong(dot < 0 ? digits : digits.substring(0, dot));
      String fraction = dot < 0 ? "" : digits.substring(dot + 1);
      String nine = (fraction + "0".repeat(DIGITS)).substring(0, DIGITS);
      int nanos = Integer.parseInt(nine);
      if (whole < 0 || nanos < 0 || whole > Instant.MAX.getEpochSecond()) {
        throw new TarException(TarException.Reason.BAD_HEADER, "time " + text);
      }
      if (!negative) {
        return new TarTime(whole, nanos);
      }
      return nanos == 0
          ? new TarTime(-whole, 0)
          : new TarTime(-whole - 1, NANOS_PER_SECOND - nanos);
    } catch (NumberFormatException e) {
      throw new TarException(TarException.Reason.BAD_HEADER, "time " + text, e);
    }
  }
}
