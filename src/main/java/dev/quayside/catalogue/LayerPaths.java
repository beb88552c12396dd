package dev.quayside.catalogue;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Matches paths of a container's writable layer. A pattern that ends in a slash covers the folder
 * and all below it; a star stands for any characters but a slash, two stars for any characters.
 */
final class LayerPaths {

  private final List<Pattern> patterns;

  LayerPaths(List<String> patterns) {
    this.patterns = patterns.stream().map(LayerPaths::compile).toList();
  }

  boolean covers(String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  private static Pattern compile(String pattern) {
    boolean folder = pattern.endsWith("/");
    String text = folder ? pattern.substring(0, pattern.length() - 1) : pattern;
    StringBuilder expression = new StringBuilder();
    int index = 0;
    while (index < text.length()) {
      if (text.startsWith("**", index)) {
        expression.append(".*");
        index += 2;
      } else if (text.charAt(index) == '*') {
        expression.append("[^/]*");
        index++;
      } else {
        expression.append(Pattern.quote(text.substring(index, index + 1)));
        index++;
      }
    }
    return Pattern.compile(expression + (folder ? "(/.*)?" : ""), Pattern.DOTALL);
  }
}
