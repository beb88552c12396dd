package dev.quayside.common;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes paths of texts that came from outside. */
public final class PathTexts {

  private PathTexts() {}

  /**
   * Returns {@code text} as a path, or null where this process cannot name such a file: under
   * {@code LANG=C} that is every name with a letter outside ASCII.
   */
  public static @Nullable Path pathOrNull(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException unnameable) {
      return null;
    }
  }
}
