package dev.quayside.common;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what is mounted where, by the kernel's own list (proc_pid_mountinfo(5)): a device number
 * does not show a folder of the same disk that is bound to a second place.
 */
public final class MountPoints {

  private static final Path OWN = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT_FIELD = 4;

  private MountPoints() {}

  /**
   * Returns the mount points at {@code folder} or below it, in no particular order; none where the
   * kernel keeps no such list.
   *
   * @param folder a path without links
   */
  public static List<Path> within(Path folder) throws IOException {
    Path whole = folder.toAbsolutePath().normalize();
    try {
      return parse(Files.readAllLines(OWN, StandardCharsets.ISO_8859_1)).stream()
          .filter(point -> point.startsWith(whole))
          .toList();
    } catch (NoSuchFileException noProc) {
      return List.of();
    }
  }

  /** Returns the mount points in the lines of a list, read as ISO-8859-1. */
  public static List<Path> parse(List<String> mountinfo) {
    List<Path> points = new ArrayList<>(mountinfo.size());
    for (String line : mountinfo) {
      String[] words = line.split(" ", MOUNT_POINT_FIELD + 2);
      if (words.length > MOUNT_POINT_FIELD && words[MOUNT_POINT_FIELD].startsWith("/")) {
        Path point = PathTexts.pathOrNull(plain(words[MOUNT_POINT_FIELD]));
        if (point != null) {
          points.add(point);
        }
      }
    }
    return points;
  }

  // Bytes come as ISO-8859-1 characters, blanks as a backslash with three octal digits; names are
  // UTF-8.
  private static String plain(String word) {
    byte[] bytes = new byte[word.length()];
    int length = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\\' && i + 3 < word.length()) {
        c =
            (char)
                ((word.charAt(i + 1) - '0') * 64
                    + (word.charAt(i + 2) - '0') * 8
                    + word.charAt(i + 3)
                    - '0');
        i += 3;
      }
      bytes[length++] = (byte) c;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
