package dev.quayside.stack.adopt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place that a complaint of Compose is about. Compose names a file only in some messages
 * and a line only in those of its YAML reader; in others it names the member, such as {@code
 * services.web.ports.[1]}, which is looked up by the indentation of the lines.
 *
 * @param file the file; null where it is not known
 * @param line the line, from 1; 0 where it is not known
 */
record ComplaintPlace(@Nullable Path file, int line) {

  static final ComplaintPlace UNKNOWN = new ComplaintPlace(null, 0);

  private static final Pattern MEMBER =
      Pattern.compile("(?:services|networks|volumes|secrets|configs)\\.[A-Za-z0-9_.\\[\\]-]+");
  private static final Pattern YAML_LINE = Pattern.compile("yaml: (?:.*?)line ([0-9]{1,7})");
  private static final Pattern INDEX = Pattern.compile("\\[([0-9]{1,6})]");

  /** A line of {@code include} or {@code extends} that names what lies on another machine. */
  private static final Pattern REMOTE =
      Pattern.compile(
          "^\\s*(?:include:|-|path:|file:|extends:)[\\s\\[{\"'-]*(?:(?:path|file):[\\s\\[\"']*)?"
              + "(?:(?:oci|git|ssh|https?)://|git@|github\\.com/)",
          Pattern.CASE_INSENSITIVE);

  private static final int LARGEST = 4 * 1024 * 1024;

  /** Looks in {@code files}, of which later ones go before earlier ones. */
  static ComplaintPlace find(String message, List<Path> files) {
    List<Path> candidates =
        files.stream().filter(file -> message.contains(file.toString())).toList();
    List<Path> searched = candidates.isEmpty() ? files : candidates;
    Matcher yaml = YAML_LINE.matcher(message);
    if (yaml.find()) {
      Path only = searched.size() == 1 ? searched.getFirst() : null;
      return new ComplaintPlace(only, Integer.parseInt(yaml.group(1)));
    }
    Matcher member = MEMBER.matcher(message);
    if (member.find()) {
      String path = member.group().replaceAll("\\.+$", "");
      for (Path file : searched.reversed()) {
        int line = lineOf(file, List.of(path.split("\\.", -1)));
        if (line > 0) {
          return new ComplaintPlace(file, line);
        }
      }
    }
    return new ComplaintPlace(candidates.isEmpty() ? null : candidates.getFirst(), 0);
  }

  /** Looks for the first reference to a file on another machine; Compose does not tell which. */
  static ComplaintPlace remote(List<Path> files) {
    for (Path file : files) {
      List<String> lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (REMOTE.matcher(lines.get(i)).find()) {
          return new ComplaintPlace(file, i + 1);
        }
      }
    }
    return UNKNOWN;
  }

  /**
   * Returns the line of the deepest part of {@code path} that the file has, 0 for fewer than two.
   */
  private static int lineOf(Path file, List<String> path) {
    List<String> lines = lines(file);
    int found = 0;
    int depth = 0;
    int from = 0;
    int indent = -1;
    for (String part : path) {
      Matcher index = INDEX.matcher(part);
      int at =
          index.matches()
              ? itemAt(lines, from, indent, Integer.parseInt(index.group(1)))
              : keyAt(lines, from, indent, part);
      if (at < 0) {
        break;
      }
      found = at + 1;
      depth++;
      indent = indentOf(lines.get(at));
      from = at + 1;
    }
    return depth < 2 ? 0 : found;
  }

  private static int keyAt(List<String> lines, int from, int parent, String key) {
    int level = -1;
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i);
      if (blank(line)) {
        continue;
      }
      int indent = indentOf(line);
      if (indent <= parent) {
        return -1;
      }
      level = level < 0 ? indent : level;
      String text = line.strip();
      boolean named =
          text.startsWith(key + ":")
              || text.startsWith("\"" + key + "\":")
              || text.startsWith("'" + key + "':");
      if (indent == level && named) {
        return i;
      }
    }
    return -1;
  }

  private static int itemAt(List<String> lines, int from, int parent, int wanted) {
    int number = -1;
    int level = -1;
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i);
      if (blank(line)) {
        continue;
      }
      int indent = indentOf(line);
      boolean item = line.strip().startsWith("-");
      // A list may stand as deep as its key.
      if (indent < parent || (indent == parent && !item)) {
        return -1;
      }
      level = level < 0 && item ? indent : level;
      if (item && indent == level && ++number == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean blank(String line) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith("#");
  }

  private static int indentOf(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  private static List<String> lines(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return List.of();
      }
      return new ArrayList<>(
          new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList());
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
