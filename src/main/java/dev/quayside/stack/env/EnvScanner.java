package dev.quayside.stack.env;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the assignments of an environment file the way Compose does (compose-go's dotenv parser,
 * checked against Compose 2.26.1): {@code NAME=value} with an optional {@code export}, {@code NAME:
 * value}, values in single or double quotes that may span lines, and inline comments after a space.
 * Everything else is not interpreted.
 */
final class EnvScanner {

  private static final int NOWHERE = -1;

  private final byte[] bytes;
  private final List<EnvEntry> entries = new ArrayList<>();
  private int position;
  private int line = 1;
  private int brokenLine;

  private EnvScanner(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * What was found.
   *
   * @param entries in the order of the file
   * @param brokenLine the first line that Compose cannot read, from 1; 0 where it can read all
   */
  record Found(List<EnvEntry> entries, int brokenLine) {}

  static Found scan(byte[] bytes) {
    EnvScanner scanner = new EnvScanner(bytes);
    scanner.skipByteOrderMark();
    while (scanner.toNextStatement()) {
      scanner.statement();
    }
    return new Found(List.copyOf(scanner.entries), scanner.brokenLine);
  }

  private void skipByteOrderMark() {
    if (bytes.length >= 3
        && (bytes[0] & 0xFF) == 0xEF
        && (bytes[1] & 0xFF) == 0xBB
        && (bytes[2] & 0xFF) == 0xBF) {
      position = 3;
    }
  }

  /** Moves over white space and comments; returns false at the end. */
  private boolean toNextStatement() {
    while (position < bytes.length) {
      int current = Runes.at(bytes, position);
      if (current == '#') {
        skipLine();
      } else if (Runes.isSpace(current)) {
        line += current == '\n' ? 1 : 0;
        position += Runes.size(bytes, position);
      } else {
        return true;
      }
    }
    return false;
  }

  private void statement() {
    int firstLine = line;
    int nameStart = afterExport();
    int separator = separatorFrom(nameStart);
    if (separator == NOWHERE || nameStart == bytes.length) {
      broken(firstLine);
      return;
    }
    if (separator == bytes.length) {
      // Compose takes it for the value of a variable without a name.
      position = separator;
      return;
    }
    int nameEnd = separator;
    while (nameEnd > nameStart && Runes.isSpace(Runes.at(bytes, Runes.before(bytes, nameEnd)))) {
      nameEnd = Runes.before(bytes, nameEnd);
    }
    nameEnd = Math.max(nameEnd, nameStart);
    String name = new String(bytes, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    if (name.indexOf(' ') >= 0) {
      broken(firstLine);
      return;
    }
    if (bytes[separator] == '\n') {
      // A name alone takes its value from the environment; there is nothing to edit.
      position = separator;
      return;
    }
    boolean shellSeparator = bytes[separator] == '=' && nameEnd == separator && shellName(name);
    value(name, firstLine, separator + 1, shellSeparator);
  }

  private int afterExport() {
    int end = position + "export".length();
    if (end < bytes.length && startsWith("export") && " \t\n\f\r".indexOf(bytes[end]) >= 0) {
      return afterBlanks(end);
    }
    return position;
  }

  private int afterBlanks(int start) {
    int next = start;
    while (next < bytes.length && Runes.isBlank(Runes.at(bytes, next))) {
      next += Runes.size(bytes, next);
    }
    return next;
  }

  private boolean startsWith(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (position + i >= bytes.length || bytes[position + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int separatorFrom(int start) {
    int i = start;
    while (i < bytes.length) {
      int current = Runes.at(bytes, i);
      if (current == '=' || current == ':' || current == '\n') {
        return i;
      }
      if (!Runes.isBlank(current) && !Runes.isNamed(current)) {
        return NOWHERE;
      }
      i += Runes.size(bytes, i);
    }
    return bytes.length;
  }

  private void value(String name, int firstLine, int afterSeparator, boolean shellSeparator) {
    int start = afterBlanks(afterSeparator);
    boolean spaced = start > afterSeparator;
    byte first = start < bytes.length ? bytes[start] : (byte) '\n';
    if (first == '\'' || first == '"') {
      quoted(name, firstLine, start, shellSeparator && !spaced);
    } else {
      plain(name, firstLine, afterSeparator, start, shellSeparator);
    }
  }

  private void quoted(String name, int firstLine, int start, boolean shellSeparator) {
    byte quote = bytes[start];
    int i = start + 1;
    boolean escaped = false;
    while (i < bytes.length && (escaped || bytes[i] != quote)) {
      escaped = !escaped && bytes[i] == '\\';
      line += bytes[i] == '\n' ? 1 : 0;
      i++;
    }
    if (i == bytes.length) {
      line = firstLine;
      broken(firstLine);
      return;
    }
    int end = i + 1;
    position = end;
    boolean clean = restOfLineIsEmptyOrComment(end);
    EnvEntry.Style style = quote == '"' ? EnvEntry.Style.DOUBLE : EnvEntry.Style.SINGLE;
    boolean agreed = shellSeparator && clean && EnvQuoting.shellReadsSame(bytes, start, end, style);
    // What else stands on the line is read as one more statement.
    note(
        new EnvEntry(
            name, firstLine, style, agreed, shellSeparator && clean, end - start == 2, start, end));
  }

  /** Adds an entry, unless what Compose takes for its name is none that anybody could mean. */
  private void note(EnvEntry entry) {
    if (EnvQuoting.brokenTemplate(bytes, entry)) {
      markBroken(entry.line());
    }
    if (!entry.name().isEmpty() && entry.name().codePoints().noneMatch(Runes::isSpace)) {
      entries.add(entry);
    }
  }

  private boolean restOfLineIsEmptyOrComment(int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != '\n') {
      if (bytes[i] == '#') {
        return i > from;
      }
      if (!isBlank(bytes[i])) {
        return false;
      }
      i++;
    }
    return true;
  }

  private void plain(
      String name, int firstLine, int afterSeparator, int start, boolean shellSeparator) {
    position = start;
    skipLine();
    int lineEnd = position;
    int end = start;
    while (end < lineEnd && !(bytes[end] == ' ' && end + 1 < lineEnd && bytes[end + 1] == '#')) {
      end++;
    }
    while (end > start && Runes.isSpace(Runes.at(bytes, Runes.before(bytes, end)))) {
      end = Runes.before(bytes, end);
    }
    end = Math.max(end, start);
    boolean spaced = start > afterSeparator;
    if (start == end) {
      // An empty value stands directly behind its separator, whatever white space follows.
      note(
          new EnvEntry(
              name,
              firstLine,
              EnvEntry.Style.PLAIN,
              shellSeparator,
              shellSeparator,
              true,
              afterSeparator,
              afterSeparator));
      return;
    }
    if (spaced && bytes[start] == '#') {
      // "NAME= # text": Compose takes the text for the value, a shell takes it for a comment. A
      // value put directly
      // behind the separator is read alike by both.
      note(
          new EnvEntry(
              name,
              firstLine,
              EnvEntry.Style.PLAIN,
              false,
              shellSeparator,
              true,
              afterSeparator,
              afterSeparator));
      return;
    }
    boolean hiddenComment = hasBlankBeforeHash(start, end);
    boolean agreed =
        shellSeparator
            && !spaced
            && EnvQuoting.shellReadsSame(bytes, start, end, EnvEntry.Style.PLAIN);
    boolean writable = shellSeparator && !spaced && !hiddenComment;
    note(new EnvEntry(name, firstLine, EnvEntry.Style.PLAIN, agreed, writable, false, start, end));
  }

  /** Returns whether a shell would see a comment where Compose sees a value: behind a tab. */
  private boolean hasBlankBeforeHash(int start, int end) {
    for (int i = start + 1; i < end; i++) {
      if (bytes[i] == '#' && isBlank(bytes[i - 1])) {
        return true;
      }
    }
    return false;
  }

  private void broken(int firstLine) {
    markBroken(firstLine);
    skipLine();
  }

  private void markBroken(int at) {
    brokenLine = brokenLine == 0 ? at : brokenLine;
  }

  private void skipLine() {
    while (position < bytes.length && bytes[position] != '\n') {
      position++;
    }
  }

  private static boolean shellName(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*");
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == 0x0B || b == '\f';
  }
}
