package dev.quayside.backup;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Compares what containers have mounted: volumes by name, folders and files of the host by where
 * they really are, since one place has several paths as soon as there are symbolic links.
 */
public final class Places {

  private Places() {}

  /** Returns the real path of a folder or file, as far as it is there; a volume's name as it is. */
  static String real(String source) {
    return source.startsWith("/") ? real(Path.of(source).normalize()).toString() : source;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException absent) {
      // Or hidden from us; what is above it need not be.
      Path parent = path.getParent();
      Path name = path.getFileName();
      return parent == null || name == null ? path : real(parent).resolve(name);
    }
  }

  /** Returns whether two real places share files: folders do if one lies in the other. */
  static boolean share(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    return one.startsWith("/")
        && other.startsWith("/")
        && (Path.of(one).startsWith(other) || Path.of(other).startsWith(one));
  }

  /**
   * Returns whether one place is another or lies in it, wherever symbolic links lead. Reads the
   * disk.
   *
   * @param inner path of the host, or name of a volume
   * @param outer path of the host, or name of a volume
   */
  public static boolean within(String inner, String outer) {
    String one = real(inner);
    String other = real(outer);
    return one.equals(other)
        || (one.startsWith("/") && other.startsWith("/") && Path.of(one).startsWith(other));
  }
}
