package dev.quayside.ui.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a name that no style sheet defines from one that a cell could not look up because it was
 * styled before it was in a window, which the toolkit does with cells that it measures and puts
 * right once they are shown.
 */
final class StyleNames {

  private static final Pattern UNRESOLVED =
      Pattern.compile("Could not resolve '(-[A-Za-z0-9-]+)' while resolving lookups");

  private static final List<String> SHEETS =
      List.of(
          "/dev/quayside/ui/quayside.css",
          "/dev/quayside/ui/pages.css",
          "/atlantafx/base/theme/primer-light.css");

  private StyleNames() {}

  /** Returns whether {@code warning} is about a name that a style sheet of ours defines. */
  static boolean defined(String warning) {
    Matcher named = UNRESOLVED.matcher(warning);
    return named.find() && SHEETS.stream().anyMatch(one -> holds(one, named.group(1) + ":"));
  }

  private static boolean holds(String sheet, String definition) {
    try (InputStream in = StyleNames.class.getResourceAsStream(sheet)) {
      return in != null
          && new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(definition);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
