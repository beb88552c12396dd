package dev.quayside.stack.logs;

/**
 * Makes foreign text safe to show in a list or on a terminal: removes complete terminal sequences (ECMA-48 control
 * sequences, and operating-system commands that end) and shows every other control or text-direction character as a
 * visible sign. Nothing else is hidden: a sequence that never ends is shown, not swallowed.
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

  /** Returns {@code text} without terminal sequences and without characters that act instead of show. */
  public static String of(CharSequence text) {
    int first = firstUnsafe(text);
    if (first == text.length()) {
      return text.toString();
    }
    StringBuilder safe = new StringBuilder(text.length());
    safe.append(text, 0, first);
    int index = first;
    while (index < text.length()) {
      int after = skipSequence(text, index);
      if (after > index) {
        index = after;
      } else {
        append(safe, text.charAt(index));
        index++;
      }
    }
    return safe.toString();
  }

  private static int firstUnsafe(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || (c > '~' && acts(c))) {
        return i;
      }
    }
    return text.length();
  }

  private static void append(StringBuilder safe, char c) {
    if (c == '\t') {
      safe.append("    ");
    } else if (c < ' ') {
      safe.append((char) ('\u2400' + c));
    } else if (c == '\u007f') {
      safe.append('\u2421');
    } else if (acts(c)) {
      safe.append('\ufffd');
    } else {
      safe.append(c);
    }
  }

  /** Returns whether a character beyond ASCII controls the text around it instead of showing something. */
  private static boolean acts(char c) {
    return (c >= '\u007f' && c <= '\u009f')
        || c == '\u00ad'
        || c == '\u061c'
        || (c >= '\u200b' && c <= '\u200f')
        || (c >= '\u2028' && c <= '\u202e')
        || (c >= '\u2060' && c <= '\u206f')
        || c == '\ufeff'
        || (c >= '\ufff9' && c <= '\ufffb');
  }

  /** Returns where the sequence that begins at {@code start} ends, or {@code start} if none does. */
  private static int skipSequence(CharSequence text, int start) {
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

  private static int endOfControlSequence(CharSequence text, int start, int from) {
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

  private static int endOfCommand(CharSequence text, int start, int from) {
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
