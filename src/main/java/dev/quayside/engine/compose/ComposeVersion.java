package dev.quayside.engine.compose;

/**
 * Holds a version of Compose.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number
 * @param text as Compose printed it
 */
public record ComposeVersion(int major, int minor, int patch, String text) implements Comparable<ComposeVersion> {

  /** The oldest version whose {@code !override} works on all the lists that we write. */
  public static final ComposeVersion MINIMUM = new ComposeVersion(2, 24, 4, "2.24.4");

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
