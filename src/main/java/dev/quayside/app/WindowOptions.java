package dev.quayside.app;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the operator said on the command line that concerns the window.
 *
 * @param demo whether to show the demo
 * @param engine value of {@code --engine}; null if not given
 * @param context value of {@code --context}; null if not given
 * @param home value of {@code --home}; null if not given
 */
record WindowOptions(
    boolean demo, @Nullable String engine, @Nullable String context, @Nullable Path home) {

  private static final List<String> VALUED = List.of("--engine", "--context", "--home");

  /** Reads the words that the command line has already checked. */
  static WindowOptions of(List<String> words) {
    String home = after(words, "--home");
    return new WindowOptions(
        words.contains("--demo"),
        after(words, "--engine"),
        after(words, "--context"),
        home == null ? null : Path.of(home));
  }

  /**
   * Returns whether {@code words} ask for the window and nothing else. Decided here rather than by
   * the command line, because building all its verbs costs the window a tenth of a second.
   */
  static boolean accepts(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (VALUED.contains(word)) {
        i++;
        if (i == words.size()) {
          return false;
        }
      } else if (!word.equals("--demo")
          && VALUED.stream().noneMatch(option -> word.startsWith(option + "="))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String after(List<String> words, String option) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(option) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
      if (word.startsWith(option + "=")) {
        return word.substring(option.length() + 1);
      }
    }
    return null;
  }
}
