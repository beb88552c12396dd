package dev.quayside.stack.env;

import java.util.Arrays;

/** Reads as version 16 of the Node package dotenv does: one pattern, tried at each line. */
final class NodeModel {

  private static final int NONE = -1;

  private final byte[] bytes;
  private final ReadValues reading = new ReadValues();

  NodeModel(byte[] bytes) {
    this.bytes = bytes;
  }

  ReadValues read() {
    try (Chars text = Chars.ofFile(bytes)) {
      Match match = new Match(text);
      int line = 0;
      while (line <= text.length()) {
        int end = match.at(line);
        int from = end == NONE ? line : end;
        // The next begin of a line.
        while (from < text.length() && !endsLine(text.at(from))) {
          from++;
        }
        line = from + 1;
      }
      return reading;
    }
  }

  /** Tries the pattern at the begin of a line. */
  private final class Match {

    private final Chars text;

    Match(Chars text) {
      this.text = text;
    }

    /** Returns the end of the match at {@code start}, after noting what it says, or NONE. */
    int at(int start) {
      int first = skipSpace(start);
      int second = skipSpace(first + "export".length());
      if (text.startsWith("export", first) && second > first + "export".length()) {
        int end = assignment(second);
        if (end != NONE) {
          return end;
        }
      }
      return assignment(first);
    }

    private int assignment(int nameStart) {
      int nameEnd = nameStart;
      while (nameEnd < text.length() && isNameChar(text.at(nameEnd))) {
        nameEnd++;
      }
      if (nameEnd == nameStart) {
        return NONE;
      }
      String name = text.text(nameStart, nameEnd);
      int sign = skipSpace(nameEnd);
      if (sign < text.length() && text.at(sign) == '=') {
        return value(name, sign + 1);
      }
      if (text.at(nameEnd) == ':' && isSpaceAt(nameEnd + 1)) {
        return value(name, nameEnd + 2);
      }
      return NONE;
    }

    /** Tries a value behind the separator; each failure moves the begin over one more blank. */
    private int value(String name, int earliest) {
      int start = earliest;
      while (true) {
        int end = valueAt(name, start);
        if (end != NONE || !isSpaceAt(start)) {
          return end;
        }
        start++;
      }
    }

    private int valueAt(String name, int start) {
      int quote = skipSpace(start);
      char c = text.at(quote);
      if (quote < text.length() && (c == '\'' || c == '"' || c == '`')) {
        for (int closing : text.closings(quote)) {
          int end = rest(closing + 1);
          if (end != NONE) {
            note(name, start, closing + 1);
            return end;
          }
        }
      }
      int stop = start;
      while (stop < text.length() && text.at(stop) != '#' && text.at(stop) != '\n') {
        stop++;
      }
      if (stop > start) {
        // Up to a number sign or the end of the line, where the rest always fits.
        note(name, start, stop);
        return rest(stop);
      }
      int end = rest(start);
      if (end != NONE) {
        note(name, start, start);
      }
      return end;
    }

    /** Returns the end of white space, comment and line, or NONE where something else comes. */
    private int rest(int from) {
      int end = skipSpace(from);
      if (end == text.length()) {
        return end;
      }
      if (text.at(end) == '#') {
        while (end < text.length() && !endsLine(text.at(end))) {
          end++;
        }
        return end;
      }
      for (int i = end - 1; i >= from; i--) {
        if (endsLine(text.at(i))) {
          return i;
        }
      }
      return NONE;
    }

    private void note(String name, int from, int to) {
      int start = from;
      int end = to;
      while (start < end && isSpace(text.at(start))) {
        start++;
      }
      while (end > start && isSpace(text.at(end - 1))) {
        end--;
      }
      char quote = text.at(start);
      boolean expands = end > start && quote == '"';
      if (end - start >= 2
          && (quote == '\'' || quote == '"' || quote == '`')
          && text.at(end - 1) == quote) {
        start++;
        end--;
      }
      byte[] raw = text.utf8(start, end);
      byte[] value = expands ? expanded(raw) : raw.clone();
      reading.put(name, value, true);
      Arrays.fill(raw, (byte) 0);
      Arrays.fill(value, (byte) 0);
    }

    private int skipSpace(int from) {
      int i = from;
      while (isSpaceAt(i)) {
        i++;
      }
      return i;
    }

    private boolean isSpaceAt(int index) {
      return index < text.length() && isSpace(text.at(index));
    }
  }

  private static byte[] expanded(byte[] raw) {
    try (Bytes value = new Bytes()) {
      for (int i = 0; i < raw.length; i++) {
        boolean escape = raw[i] == '\\' && i + 1 < raw.length;
        if (escape && raw[i + 1] == 'n') {
          value.add((byte) '\n');
          i++;
        } else if (escape && raw[i + 1] == 'r') {
          value.add((byte) '\r');
          i++;
        } else {
          value.add(raw[i]);
        }
      }
      return value.exact();
    }
  }

  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }

  private static boolean endsLine(char c) {
    return c == '\n' || c == 0x2028 || c == 0x2029;
  }

  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r') || c == ' ' || c == 0xFEFF || isUnicodeSpace(c);
  }

  /** Returns whether it is white space beyond ASCII for JavaScript and Python alike. */
  static boolean isUnicodeSpace(char c) {
    return c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }
}
