package dev.quayside.stack.logs;

import dev.quayside.common.ForeignText;

/**
 * Makes foreign text safe to show in a list or on a terminal: removes complete terminal sequences
 * (ECMA-48 control sequences, and operating-system commands that end) and shows every other control
 * or text-direction character as a visible escape. Nothing else is hidden: a sequence that never
 * ends is shown, not swallowed.
 */
public final class SafeText {

  private static final char ESCAPE = '\u001b';
  private static final char BELL = '\u0007';
  private static final char CONTROL_SEQUENCE = '\u009b';
  private static final char OPERATING_SYSTEM_COMMAND = '\u009d';
  private static final char STRING_TERMINATOR = '\u009c';

  /** Titles and link targets are shorter; what is longer is shown rather than hidden. */
  private static final int LONGEST_COMMAND = 2_048;

  private static final int LONGEST_SEQUENCE = 128;

  private SafeText() {}

  /**
   * Returns {@code text} without terminal sequences and without characters that act instead of
   * show.
   */
  public static String of(String text) {
    if (plain(text)) {
      return text;
    }
    StringBuilder rest = new StringBuilder(text.length());
    int index = 0;
    while (index < text.length()) {
      int after = skipSequence(text, index);
      if (after > index) {
        index = after;
      } else if (text.charAt(index) == '\t') {
        rest.append("    ");
        index++;
      } else {
        rest.append(text.charAt(index++));
      }
    }
    return ForeignText.line(rest.toString(), Integer.MAX_VALUE);
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns where the sequence that begins at {@code start} ends, or {@code start} if none does.
   */
  private static int skipSequence(String text, int start) {
    char c = text.charAt(start);
    if (c == CONTROL_SEQUENCE) {
      return endOfControlSequence(text, start, start + 1);
    }
    if (c == OPERATING_SYSTEM_COMMAND) {
      return endOfCommand(text, start, start + 1);
    }
    if (c != ESCAPE || start + 1 == text.length()) {
      return start;
    }
    char kind = text.charAt(start + 1);
    if (kind == '[') {
      return endOfControlSequence(text, start, start + 2);
    }
    if (kind == ']' || kind == 'P' || kind == '^' || kind == '_' || kind == 'X') {
      return endOfCommand(text, start, start + 2);
    }
    if (kind >= ' ' && kind <= '/') {
      // Designates a character set: intermediates, then one final character.
      return endOfControlSequence(text, start, start + 2);
    }
    return kind >= '0' && kind <= '~' ? start + 2 : start;
  }

  private static int endOfControlSequence(String text, int start, int from) {
    int limit = Math.min(text.length(), from + LONGEST_SEQUENCE);
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c >= '@' && c <= '~') {
        return i + 1;
      }
      if (c < ' ' || c > '?') {
        return start;
      }
    }
    return start;
  }

  private static int endOfCommand(String text, int start, int from) {
    int limit = Math.min(text.length(), from + LONGEST_COMMAND);
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c == BELL || c == STRING_TERMINATOR) {
        return i + 1;
      }
      if (c == ESCAPE) {
        return i + 1 < text.length() && text.charAt(i + 1) == '\\' ? i + 2 : start;
      }
    }
    return start;
  }
}
