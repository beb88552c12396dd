package dev.quayside.common;

import java.time.Duration;
import java.util.Locale;

/**
 * Writes quantities for people: at most three significant digits, binary units for memory and
 * files, the same text in the window and on the command line.
 */
public final class Quantities {

  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Quantities() {}

  /**
   * Returns {@code bytes} in binary units, for example {@code 1.1 GiB}; used for memory and disk
   * space.
   */
  public static String bytes(long bytes) {
    return scaled((double) bytes, 1024, BINARY);
  }

  /**
   * Returns a rate in decimal units per second, for example {@code 12 kB/s}; used for network and
   * block I/O.
   */
  public static String rate(double bytesPerSecond) {
    return scaled(bytesPerSecond, 1000, DECIMAL) + "/s";
  }

  /** Returns a share (1.0 is all) in percent: one decimal below ten percent, none above. */
  public static String percent(double share) {
    double percent = share * 100;
    return Math.abs(percent) < 9.95
        ? String.format(Locale.ROOT, "%.1f %%", percent)
        : String.format(Locale.ROOT, "%.0f %%", percent);
  }

  /**
   * Returns a duration by its one or two largest units, for example {@code 3 d}, {@code 2 h 5 min},
   * {@code 40 s}.
   */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    if (hours < 24) {
      return minutes % 60 == 0 || hours >= 10
          ? hours + " h"
          : hours + " h " + minutes % 60 + " min";
    }
    return hours / 24 + " d";
  }

  private static String scaled(double value, int base, String[] units) {
    double scaled = Math.max(0, value);
    int unit = 0;
    // 999.5 would be written as 1000 in the smaller unit.
    while (scaled >= base - (base == 1000 ? 0.5 : 1) && unit < units.length - 1) {
      scaled /= base;
      unit++;
    }
    String number =
        unit == 0 || scaled >= 99.95
            ? String.format(Locale.ROOT, "%.0f", scaled)
            : scaled >= 9.995
                ? String.format(Locale.ROOT, "%.1f", scaled)
                : String.format(Locale.ROOT, "%.2f", scaled);
    return trimmed(number) + " " + units[unit];
  }

  private static String trimmed(String number) {
    if (number.indexOf('.') < 0) {
      return number;
    }
    String cut = number.replaceAll("0+$", "");
    return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
  }
}
