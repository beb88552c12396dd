package dev.quayside.stack.env;

/**
 * Looks whether Compose can put variables into a value (compose-go's template, checked against
 * Compose 2.26.1). Only what it surely refuses is called broken: what becomes of a part within a
 * part, or of a variable that must be set, is not followed.
 */
final class ComposeTemplate {

  private ComposeTemplate() {}

  /** Returns whether Compose refuses the whole file for this text. */
  static boolean broken(byte[] text) {
    int i = 0;
    while (i < text.length) {
      if (text[i] != '$' || i + 1 == text.length) {
        i++;
      } else if (text[i + 1] == '$') {
        i += 2;
      } else if (text[i + 1] == '{') {
        int end = braced(text, i + 2);
        if (end < 0) {
          return true;
        }
        i = end;
      } else {
        i++;
      }
    }
    return false;
  }

  /** Returns what lies behind the closing brace; negative where there is no variable. */
  private static int braced(byte[] text, int start) {
    int end = start;
    while (end < text.length && isName(text[end], end == start)) {
      end++;
    }
    if (end == start || end == text.length) {
      return -1;
    }
    if (text[end] == '}') {
      return end + 1;
    }
    int operator = text[end] == ':' ? end + 1 : end;
    if (operator == text.length || "-+?".indexOf(text[operator]) < 0) {
      return -1;
    }
    for (int i = operator + 1; i < text.length && text[i] != '\n'; i++) {
      if (text[i] == '}') {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean isName(byte b, boolean first) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || (!first && b >= '0' && b <= '9');
  }
}
