package dev.quayside.engine.socket;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a version of the Engine API.
 *
 * @param major first number
 * @param minor second number
 */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

  /** The newest we know: that of Docker 29. */
  static final ApiVersion NEWEST_KNOWN = new ApiVersion(1, 52);

  /** The oldest we take: that of Docker 20.10. */
  static final ApiVersion OLDEST_TAKEN = new ApiVersion(1, 41);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

  static @Nullable ApiVersion read(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : null;
  }

  ApiVersion atMost(ApiVersion other) {
    return compareTo(other) <= 0 ? this : other;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
