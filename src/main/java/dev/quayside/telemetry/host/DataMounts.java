package dev.quayside.telemetry.host;

import dev.quayside.common.PathTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the mounts that hold given folders by their names alone: it touches no file below them,
 * because one on a dead network share would hang.
 */
final class DataMounts {

  private static final int MOUNT_POINT_FIELD = 4;

  private DataMounts() {}

  /**
   * Returns the mount points that hold {@code folders}, each once, in order; empty where the kernel
   * tells none.
   */
  static Set<String> holding(Path mountinfo, Collection<Path> folders) {
    List<Path> points;
    try {
      points = points(Files.readAllLines(mountinfo, StandardCharsets.ISO_8859_1));
    } catch (IOException noProc) {
      return Set.of();
    }
    Set<String> found = new TreeSet<>();
    for (Path folder : folders) {
      Path holder = holder(points, folder.toAbsolutePath().normalize());
      if (holder != null) {
        found.add(holder.toString());
      }
    }
    return found;
  }

  static @Nullable Path holder(List<Path> points, Path folder) {
    Path longest = null;
    for (Path point : points) {
      if (folder.startsWith(point)
          && (longest == null || point.getNameCount() >= longest.getNameCount())) {
        longest = point;
      }
    }
    return longest;
  }

  static List<Path> points(List<String> mountinfo) {
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
