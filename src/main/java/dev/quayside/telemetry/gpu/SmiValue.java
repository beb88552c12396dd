package dev.quayside.telemetry.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values of the tool's comma-separated rows. Whatever is no number is not available,
 * whichever way the driver says so: {@code [N/A]}, {@code [Not Supported]}, {@code N/A}, {@code
 * [Unknown Error]}, {@code -}, …
 */
final class SmiValue {

  private static final long MIB = 1L << 20;
  private static final int LONGEST_NUMBER = 20;

  private SmiValue() {}

  /**
   * Splits a row into {@code count} values, of which the last may hold commas; null if there are
   * fewer.
   */
  static @Nullable List<String> split(String row, int count) {
    List<String> values = new ArrayList<>(count);
    int from = 0;
    while (values.size() < count - 1) {
      int comma = row.indexOf(',', from);
      if (comma < 0) {
        return null;
      }
      values.add(row.substring(from, comma).strip());
      from = comma + 1;
    }
    values.add(row.substring(from).strip());
    return values;
  }

  /** Returns a number, whatever the language of the session: the point is the decimal sign. */
  static OptionalDouble number(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
      return OptionalDouble.empty();
    }
    boolean digit = false;
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      digit |= c >= '0' && c <= '9';
      points += c == '.' ? 1 : 0;
      if ((c < '0' || c > '9') && c != '.' && !(c == '-' && i == 0)) {
        return OptionalDouble.empty();
      }
    }
    return digit && points <= 1
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /** Returns a whole number of 0 or more. */
  static OptionalInt whole(String text) {
    OptionalDouble number = number(text);
    return number.isPresent()
            && number.getAsDouble() >= 0
            && number.getAsDouble() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) number.getAsDouble())
        : OptionalInt.empty();
  }

  /** Returns a positive number, for watts. */
  static OptionalDouble positive(String text) {
    OptionalDouble number = number(text);
    return number.isPresent() && number.getAsDouble() >= 0 ? number : OptionalDouble.empty();
  }

  /** Returns percent as a share of 0 to 1. */
  static OptionalDouble share(String text) {
    OptionalDouble number = positive(text);
    return number.isPresent() && number.getAsDouble() <= 100
        ? OptionalDouble.of(number.getAsDouble() / 100)
        : OptionalDouble.empty();
  }

  /** Returns mebibytes in bytes; older drivers write the unit although told not to. */
  static OptionalLong mebibytes(String text) {
    OptionalDouble number =
        positive(text.endsWith(" MiB") ? text.substring(0, text.length() - 4) : text);
    return number.isPresent() && number.getAsDouble() < 1e9
        ? OptionalLong.of((long) (number.getAsDouble() * MIB))
        : OptionalLong.empty();
  }

  /** Returns a set of bits written as {@code 0x…}, or null. */
  static @Nullable Long bits(String text) {
    if (!text.startsWith("0x") || text.length() < 3 || text.length() > 18) {
      return null;
    }
    long bits = 0;
    for (int i = 2; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return null;
      }
      bits = bits << 4 | digit;
    }
    return bits;
  }
}
