package dev.quayside.stack.env;

import java.util.Arrays;

/**
 * Reads as python-dotenv 0.21 does (the parser of {@code dotenv_values} with interpolation, as
 * programs use it).
 */
final class PythonModel {

  private static final int NONE = -1;

  private final byte[] bytes;
  private final ReadValues reading = new ReadValues();

  PythonModel(byte[] bytes) {
    this.bytes = bytes;
  }

  ReadValues read() {
    try (Chars text = Chars.ofFile(bytes)) {
      if (text.broken()) {
        // It reads nothing of a file that is no UTF-8.
        reading.lose();
        return reading;
      }
      int position = 0;
      while (position < text.length()) {
        position = new Binding(text).readFrom(position);
      }
      return reading;
    }
  }

  /** Reads one binding; what cannot be read costs the rest of its line. */
  private final class Binding {

    private final Chars text;
    private int position;

    Binding(Chars text) {
      this.text = text;
    }

    int readFrom(int start) {
      position = start;
      while (position < text.length() && isSpace(text.at(position))) {
        position++;
      }
      if (position == text.length()) {
        return position;
      }
      int afterExport = export();
      String name = name(afterExport);
      if (name == null) {
        return restOfLine();
      }
      skipBlanks();
      if (text.at(position) != '=') {
        if (!endOfLine()) {
          return restOfLine();
        }
        // A name alone takes back what was set before.
        reading.forget(name);
        return position;
      }
      position++;
      skipBlanks();
      try (Bytes value = new Bytes()) {
        if (!value(value) || !endOfLine()) {
          return restOfLine();
        }
        if (!name.isEmpty()) {
          byte[] exact = value.exact();
          reading.put(name, exact, !interpolated(exact));
          Arrays.fill(exact, (byte) 0);
        }
        return position;
      }
    }

    private int export() {
      int end = position + "export".length();
      if (text.startsWith("export", position) && isBlank(text, end)) {
        while (isBlank(text, end)) {
          end++;
        }
        return end;
      }
      return position;
    }

    /** Returns the name, empty for a comment, null where there is none; moves behind it. */
    private @org.jspecify.annotations.Nullable String name(int start) {
      position = start;
      char first = text.at(position);
      if (position < text.length() && first == '#') {
        return "";
      }
      if (first == '\'') {
        int end = position + 1;
        while (end < text.length() && text.at(end) != '\'') {
          end++;
        }
        if (end == text.length() || end == position + 1) {
          return null;
        }
        String name = text.text(position + 1, end);
        position = end + 1;
        return name;
      }
      int end = position;
      while (end < text.length()
          && text.at(end) != '='
          && text.at(end) != '#'
          && !isSpace(text.at(end))) {
        end++;
      }
      if (end == position) {
        return null;
      }
      String name = text.text(position, end);
      position = end;
      return name;
    }

    private boolean value(Bytes value) {
      char first = text.at(position);
      if (position == text.length() || first == '\n') {
        return true;
      }
      if (first == '\'' || first == '"') {
        int[] closings = text.closings(position);
        if (closings.length == 0) {
          return false;
        }
        unescaped(position + 1, closings[0], first == '"', value);
        position = closings[0] + 1;
        return true;
      }
      int lineEnd = position;
      while (lineEnd < text.length() && text.at(lineEnd) != '\n') {
        lineEnd++;
      }
      int end = lineEnd;
      for (int i = position; i + 1 < lineEnd; i++) {
        if (isSpace(text.at(i)) && text.at(i + 1) == '#') {
          end = i;
          break;
        }
      }
      while (end > position && isSpace(text.at(end - 1))) {
        end--;
      }
      add(position, end, value);
      position = lineEnd;
      return true;
    }

    private void unescaped(int start, int end, boolean doubleQuoted, Bytes value) {
      int i = start;
      while (i < end) {
        char next = i + 1 < end ? text.at(i + 1) : '\0';
        int control = doubleQuoted ? "abfnrtv".indexOf(next) : NONE;
        if (text.at(i) == '\\' && (next == '\\' || next == '\'' || (doubleQuoted && next == '"'))) {
          value.add((byte) next);
          i += 2;
        } else if (text.at(i) == '\\' && control >= 0) {
          value.add((byte) "\u0007\b\f\n\r\t\u000B".charAt(control));
          i += 2;
        } else {
          int wide = Character.isHighSurrogate(text.at(i)) && i + 1 < end ? 2 : 1;
          add(i, i + wide, value);
          i += wide;
        }
      }
    }

    private void add(int start, int end, Bytes value) {
      byte[] part = text.utf8(start, end);
      for (byte b : part) {
        value.add(b);
      }
      Arrays.fill(part, (byte) 0);
    }

    private void skipBlanks() {
      while (isBlank(text, position)) {
        position++;
      }
    }

    /** Passes a comment and the end of the line; returns false where anything else comes. */
    private boolean endOfLine() {
      int i = position;
      while (isBlank(text, i)) {
        i++;
      }
      if (i < text.length() && text.at(i) == '#') {
        while (i < text.length() && text.at(i) != '\n') {
          i++;
        }
      }
      if (i < text.length() && text.at(i) != '\n') {
        return false;
      }
      position = Math.min(i + 1, text.length());
      return true;
    }

    private int restOfLine() {
      while (position < text.length() && text.at(position) != '\n') {
        position++;
      }
      return Math.min(position + 1, text.length());
    }
  }

  /** It puts variables into quoted values too, and knows no way to prevent that. */
  private static boolean interpolated(byte[] value) {
    for (int i = 0; i + 1 < value.length; i++) {
      if (value[i] == '$' && value[i + 1] == '{') {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(Chars text, int index) {
    return index < text.length() && text.at(index) != '\n' && isSpace(text.at(index));
  }

  /** Returns what Python's {@code \s} takes for white space. */
  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r')
        || (c >= 0x1C && c <= ' ')
        || c == 0x85
        || NodeModel.isUnicodeSpace(c);
  }
}
