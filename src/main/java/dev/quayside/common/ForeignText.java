package dev.quayside.common;

/**
 * Makes text from outside (container names, labels, log lines, answers to probes) safe to show: it
 * can neither steer a terminal, nor reorder what stands beside it, nor fill the screen.
 */
public final class ForeignText {

  private static final String CUT = "…";

  private ForeignText() {}

  /**
   * Returns {@code text} on one line: control characters and unpaired surrogates as visible {@code
   * \x1b} escapes, direction overrides and invisible formatting likewise, cut to {@code longest}
   * characters with an ellipsis.
   *
   * @param longest at least 1
   */
  public static String line(String text, int longest) {
    StringBuilder safe = new StringBuilder(Math.min(text.length(), longest) + 8);
    int index = 0;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      String piece = harmless(codePoint) ? Character.toString(codePoint) : escaped(codePoint);
      if (safe.length() + piece.length() > longest) {
        return cut(safe, longest);
      }
      safe.append(piece);
      index += Character.charCount(codePoint);
    }
    return safe.toString();
  }

  private static String cut(StringBuilder safe, int longest) {
    int end = Math.min(safe.length(), longest - 1);
    if (end > 0 && Character.isHighSurrogate(safe.charAt(end - 1))) {
      end--;
    }
    safe.setLength(Math.max(0, end));
    return safe.append(CUT).toString();
  }

  private static boolean harmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }

  private static String escaped(int codePoint) {
    return codePoint < 0x100
        ? String.format("\\x%02x", codePoint)
        : String.format("\\u{%x}", codePoint);
  }
}
