package dev.quayside.telemetry.cgroup;

import dev.quayside.common.PathTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells where the control group trees are mounted, from {@code /proc/self/mountinfo}
 * (proc_pid_mountinfo(5)).
 *
 * @param controllers trees of version 1 by controller: {@code cpuacct}, {@code memory}, …
 * @param unified the tree of version 2; null where it is not mounted
 */
record CgroupMounts(Map<String, Tree> controllers, @Nullable Tree unified) {

  CgroupMounts {
    controllers = Map.copyOf(controllers);
  }

  /**
   * Describes one mounted tree.
   *
   * @param point where it is mounted
   * @param root which part of the tree is mounted there; {@code /} for all of it
   */
  record Tree(Path point, String root) {

    /** Returns the folder of a group, or null where the group lies outside the mounted part. */
    @Nullable Path folder(String group) {
      String below = group;
      if (!root.equals("/")) {
        if (!group.equals(root) && !group.startsWith(root + "/")) {
          return null;
        }
        below = group.substring(root.length());
      }
      Path folder = point;
      for (String part : below.split("/", -1)) {
        if (part.equals("..")) {
          return null;
        }
        folder = part.isEmpty() ? folder : folder.resolve(part);
      }
      return folder;
    }
  }

  /**
   * Reads the mounts as this process sees them, below {@code root} (which is {@code /} but in
   * tests).
   */
  static CgroupMounts read(Path root) throws IOException {
    // Mount points are bytes; ISO-8859-1 keeps each of them, and control groups are named in ASCII.
    return parse(
        Files.readAllLines(root.resolve("proc/self/mountinfo"), StandardCharsets.ISO_8859_1), root);
  }

  static CgroupMounts parse(List<String> lines, Path root) {
    Map<String, Tree> controllers = new HashMap<>();
    Tree unified = null;
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      int dash = List.of(words).indexOf("-");
      if (dash < 5 || words.length < dash + 4) {
        continue;
      }
      boolean second = words[dash + 1].equals("cgroup2");
      // Other mounts may have any name, also one that this process cannot write as a path.
      Tree tree = second || words[dash + 1].equals("cgroup") ? tree(words, root) : null;
      if (tree == null) {
        continue;
      }
      if (second) {
        unified = unified == null ? tree : unified;
        continue;
      }
      for (String option : words[dash + 3].split(",", -1)) {
        controllers.putIfAbsent(option, tree);
      }
    }
    return new CgroupMounts(controllers, unified);
  }

  private static @Nullable Tree tree(String[] words, Path root) {
    Path point = PathTexts.pathOrNull(unescape(words[4]).substring(1));
    return point == null ? null : new Tree(root.resolve(point), unescape(words[3]));
  }

  // Blank, tab, newline and backslash are written as a backslash and three octal digits.
  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 3 < text.length() && octal(text, i + 1)) {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static boolean octal(String text, int from) {
    for (int i = from; i < from + 3; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }
}
