package dev.quayside.backup.drill;

import dev.quayside.common.ForeignText;
import java.util.List;

/** Takes from what a tool printed the one line that says what went wrong. */
final class ToolWords {

  private static final int LONGEST = 300;

  /** What a server says when our own bounds, or this machine, are at fault. */
  private static final List<String> SURROUNDINGS =
      List.of(
          "No space left on device",
          "could not resize shared memory",
          "out of memory",
          "Out of memory",
          "server closed the connection unexpectedly",
          "could not fork");

  private ToolWords() {}

  /** Returns the first line with an error in it, else the first one; details hold people's data. */
  static String error(String printed) {
    List<String> lines = printed.lines().filter(line -> !line.isBlank()).toList();
    String line =
        lines.stream()
            .filter(one -> one.contains("error:") || one.contains("ERROR:") || fatal(one))
            .findFirst()
            .orElse(lines.isEmpty() ? "" : lines.getFirst());
    return ForeignText.line(line.strip(), LONGEST);
  }

  /** Returns the last line, which is where some tools say what it was. */
  static String last(String printed) {
    return printed
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((_, last) -> last)
        .map(line -> ForeignText.line(line.strip(), LONGEST))
        .orElse("");
  }

  private static boolean fatal(String line) {
    return line.contains("FATAL:") || line.contains("PANIC:");
  }

  /** Returns whether it speaks of this machine and not of what was restored. */
  static boolean surroundings(String printed) {
    return SURROUNDINGS.stream().anyMatch(printed::contains);
  }
}
