package dev.quayside.backup.tar;

import static dev.quayside.backup.tar.TarException.Reason;

import java.util.Arrays;

/**
 * Lets through only paths that stay inside the folder they are resolved against, by their letters
 * alone.
 */
public final class PathGuard {

  /** Longest path in bytes: Linux' PATH_MAX without its NUL. */
  static final int LONGEST_PATH = 4095;

  /** Longest name in bytes: Linux' NAME_MAX. */
  static final int LONGEST_NAME = 255;

  private PathGuard() {}

  /**
   * Checks the path of an entry, or of the entry a hard link repeats: relative, no empty, {@code .}
   * or {@code ..} part, no NUL, lengths that the system allows.
   */
  public static void requireInside(RawPath path) throws TarException {
    if (path.length() > LONGEST_PATH) {
      throw new TarException(Reason.TOO_LONG, path.length() + " bytes of path");
    }
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || path.at(i) == '/') {
        requirePart(path, start, i);
        start = i + 1;
      } else if (path.at(i) == 0) {
        throw new TarException(Reason.UNSAFE_PATH, "a NUL in " + path);
      }
    }
  }

  /**
   * Returns {@code path} without the empty and {@code .} parts that mean nothing; one that begins
   * with a slash keeps it, so that {@link #requireInside} refuses it.
   */
  static RawPath tidied(RawPath path) {
    byte[] kept = new byte[path.length() + 1];
    int length = 0;
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || path.at(i) == '/') {
        boolean nothing = i == start || (i == start + 1 && path.at(start) == '.');
        if (!nothing || (i == 0 && path.length() > 0)) {
          for (int each = start; each < i; each++) {
            kept[length++] = path.at(each);
          }
          kept[length++] = '/';
        }
        start = i + 1;
      }
    }
    return RawPath.of(Arrays.copyOf(kept, Math.max(0, length - 1)));
  }

  private static void requirePart(RawPath path, int start, int end) throws TarException {
    int length = end - start;
    if (length > LONGEST_NAME) {
      throw new TarException(Reason.TOO_LONG, length + " bytes of name");
    }
    boolean dots = length > 0 && length <= 2;
    for (int i = start; i < end && dots; i++) {
      dots = path.at(i) == '.';
    }
    if (length == 0 || dots) {
      throw new TarException(Reason.UNSAFE_PATH, path.toString());
    }
  }

  /**
   * Checks the target of a symbolic link: not empty, no NUL, not too long. Where it leads is not
   * judged here.
   */
  static void requireTarget(RawPath target) throws TarException {
    if (target.length() == 0) {
      throw new TarException(Reason.UNSAFE_PATH, "an empty link");
    }
    if (target.length() > LONGEST_PATH) {
      throw new TarException(Reason.TOO_LONG, target.length() + " bytes of link");
    }
    for (int i = 0; i < target.length(); i++) {
      if (target.at(i) == 0) {
        throw new TarException(Reason.UNSAFE_PATH, "a NUL in a link");
      }
    }
  }

  /**
   * Returns whether a symbolic link leads out of {@code root}: it is absolute, or climbs above it.
   * One that climbs after a name counts too, for that name may itself be a link, and then nobody
   * can tell from the letters how deep it leads.
   *
   * @param link path of the link
   * @param target what it holds
   * @param root a folder that the link lies in
   */
  public static boolean leadsOut(RawPath link, RawPath target, RawPath root) {
    if (target.length() > 0 && target.at(0) == '/') {
      return true;
    }
    int depth = parts(link) - 1 - parts(root);
    boolean named = false;
    int start = 0;
    for (int i = 0; i <= target.length(); i++) {
      if (i == target.length() || target.at(i) == '/') {
        int step = step(target, start, i);
        depth += step;
        if (depth < 0 || (step < 0 && named)) {
          return true;
        }
        named |= step > 0;
        start = i + 1;
      }
    }
    return false;
  }

  private static int step(RawPath target, int start, int end) {
    int length = end - start;
    if (length == 0 || (length == 1 && target.at(start) == '.')) {
      return 0;
    }
    return length == 2 && target.at(start) == '.' && target.at(start + 1) == '.' ? -1 : 1;
  }

  private static int parts(RawPath path) {
    int parts = path.length() == 0 ? 0 : 1;
    for (int i = 0; i < path.length(); i++) {
      if (path.at(i) == '/') {
        parts++;
      }
    }
    return parts;
  }
}
