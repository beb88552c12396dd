package dev.quayside.engine.compose;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a version of Compose.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number
 * @param text as Compose printed it
 */
public record ComposeVersion(int major, int minor, int patch, String text)
    implements Comparable<ComposeVersion> {

  /** The oldest version whose {@code !override} works on all the lists that we write. */
  public static final ComposeVersion MINIMUM = new ComposeVersion(2, 24, 4, "2.24.4");

  private static final Pattern FORM =
      Pattern.compile("v?([0-9]{1,4})\\.([0-9]{1,4})\\.([0-9]{1,4}).*", Pattern.DOTALL);

  /**
   * Reads what {@code version --short} prints, for example {@code 2.26.1-4}; null if it is none.
   */
  static @Nullable ComposeVersion read(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? new ComposeVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            text)
        : null;
  }

  /** Returns whether this version is new enough. */
  public boolean sufficient() {
    return compareTo(MINIMUM) >= 0;
  }

  @Override
  public int compareTo(ComposeVersion other) {
    int byMajor = Integer.compare(major, other.major);
    int byMinor = Integer.compare(minor, other.minor);
    return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
  }
}
