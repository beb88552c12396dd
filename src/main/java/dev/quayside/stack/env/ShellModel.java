package dev.quayside.stack.env;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Follows a bash that sources the file, as far as files of assignments go: words, quotes, comments,
 * {@code export}. Where the file does anything that could change what comes after, such as a
 * substitution, a redirection or a syntax error, the rest cannot be told.
 */
final class ShellModel {

  /** Words that begin something longer, end the reading, or change variables by other means. */
  private static final Set<String> UNSAFE_WORDS =
      Set.of(
          ".",
          "[[",
          "{",
          "}",
          "!",
          "alias",
          "builtin",
          "case",
          "command",
          "coproc",
          "declare",
          "do",
          "done",
          "elif",
          "else",
          "enable",
          "esac",
          "eval",
          "exec",
          "exit",
          "fi",
          "for",
          "function",
          "getopts",
          "if",
          "let",
          "local",
          "logout",
          "mapfile",
          "printf",
          "read",
          "readarray",
          "readonly",
          "return",
          "select",
          "set",
          "shopt",
          "source",
          "then",
          "time",
          "trap",
          "typeset",
          "unalias",
          "unset",
          "until",
          "wait",
          "while");

  /** Variables that bash does not give back as they were set, or that change how it reads on. */
  private static final Set<String> OWN_VARIABLES =
      Set.of(
          "UID",
          "EUID",
          "PPID",
          "SHELLOPTS",
          "BASHOPTS",
          "BASHPID",
          "BASH_VERSINFO",
          "RANDOM",
          "SRANDOM",
          "SECONDS",
          "LINENO",
          "EPOCHSECONDS",
          "EPOCHREALTIME",
          "GROUPS",
          "FUNCNAME",
          "DIRSTACK",
          "HISTCMD",
          "BASH_COMMAND",
          "BASH_SUBSHELL",
          "BASH_ARGV0",
          "_",
          "IFS",
          "POSIXLY_CORRECT",
          "LC_ALL",
          "LC_CTYPE",
          "LANG");

  private final byte[] bytes;
  private final ReadValues reading = new ReadValues();
  private int position;
  private boolean lost;

  ShellModel(byte[] bytes) {
    this.bytes = bytes;
  }

  /** One word of a command. */
  private static final class Word {
    private final byte[] text;
    // Where its assignment's sign stands in the text; 0 where it is none.
    private final int nameEnd;
    private final boolean append;
    // Whether nothing is put in for any part of it.
    private final boolean sure;
    // Whether no part of it was quoted.
    private final boolean literal;
    // Whether an opening brace stands in it outside of quotes.
    private final boolean braces;

    Word(byte[] text, int nameEnd, boolean append, boolean sure, boolean literal, boolean braces) {
      this.text = text;
      this.nameEnd = nameEnd;
      this.append = append;
      this.sure = sure;
      this.literal = literal;
      this.braces = braces;
    }

    boolean assignment() {
      return nameEnd > 0;
    }
  }

  ReadValues read() {
    while (!lost && position < bytes.length) {
      List<Word> words = command();
      if (!lost) {
        apply(words);
      }
      words.forEach(word -> Arrays.fill(word.text, (byte) 0));
    }
    if (lost) {
      reading.lose();
    }
    return reading;
  }

  private void apply(List<Word> words) {
    if (words.isEmpty()) {
      return;
    }
    if (words.stream().allMatch(Word::assignment)) {
      words.forEach(word -> assign(word, word.sure));
      return;
    }
    Word first = words.getFirst();
    String command = first.literal ? new String(first.text, StandardCharsets.UTF_8) : "";
    if (command.equals("export")) {
      for (Word word : words.subList(1, words.size())) {
        if (word.assignment()) {
          // An argument, unlike an assignment, has its braces expanded.
          assign(word, word.sure && !word.braces);
        } else if (!onlyNames(word)) {
          lost = true;
        }
      }
      return;
    }
    Word called = words.stream().filter(word -> !word.assignment()).findFirst().orElseThrow();
    String name = new String(called.text, StandardCharsets.UTF_8);
    // What is put in may be nothing, and then there is no command to assign for.
    lost = !called.literal || !called.sure || UNSAFE_WORDS.contains(name) || name.equals("export");
  }

  /**
   * Returns whether a word of {@code export} sets nothing. A name may be quoted, or be put in, and
   * is one all the same.
   */
  private static boolean onlyNames(Word word) {
    return word.sure
        && !word.braces
        && (word.text.length == 0 || word.text[0] != '-')
        && new String(word.text, StandardCharsets.ISO_8859_1).indexOf('=') < 0;
  }

  private void assign(Word word, boolean sure) {
    int end = word.append ? word.nameEnd - 1 : word.nameEnd;
    String name = new String(word.text, 0, end, StandardCharsets.UTF_8);
    byte[] value = Arrays.copyOfRange(word.text, word.nameEnd + 1, word.text.length);
    reading.put(name, value, sure && !word.append && !OWN_VARIABLES.contains(name));
    Arrays.fill(value, (byte) 0);
  }

  /** Reads the words up to the end of a line that is not inside quotes. */
  private List<Word> command() {
    List<Word> words = new ArrayList<>();
    while (!lost && position < bytes.length) {
      byte b = bytes[position];
      if (b == '\n') {
        position++;
        return words;
      } else if (b == ' ' || b == '\t') {
        position++;
      } else if (b == '#') {
        while (position < bytes.length && bytes[position] != '\n') {
          position++;
        }
      } else if (continues(position)) {
        position += 2;
      } else {
        words.add(word(words));
      }
    }
    return words;
  }

  private Word word(List<Word> before) {
    boolean onlyAssignments = before.stream().allMatch(Word::assignment);
    boolean exported =
        !before.isEmpty()
            && Arrays.equals(before.getFirst().text, "export".getBytes(StandardCharsets.US_ASCII));
    boolean sure = true;
    boolean literal = true;
    int sign = 0;
    boolean append = false;
    boolean braces = false;
    try (Bytes text = new Bytes()) {
      while (!lost && position < bytes.length && !endsWord(bytes[position])) {
        if (continues(position)) {
          position += 2;
          continue;
        }
        byte b = bytes[position];
        if (b == '\'' || b == '"' || b == '\\') {
          literal = false;
          sure &= quoted(b, text);
          continue;
        }
        if (b == '$') {
          sure &= dollar(text, false);
          continue;
        }
        if (b == '`' || b == '&' || b == '|' || b == '<' || b == '>' || b == ';' || b == '('
            || b == ')' || b == 0) {
          lost = true;
          break;
        }
        if (b == '=' && sign == 0 && literal && (onlyAssignments || exported)) {
          byte[] name = text.exact();
          append = name.length > 1 && name[name.length - 1] == '+';
          boolean valid = isName(append ? Arrays.copyOf(name, name.length - 1) : name);
          sign = valid ? name.length : 0;
        } else if (b == '~' && sign > 0) {
          byte last = before(position);
          sure &= last != '=' && last != ':';
        } else if (b == '[' && sign == 0 && onlyAssignments) {
          // An element of an array.
          lost = true;
        }
        braces |= b == '{';
        text.add(b);
        position++;
      }
      return new Word(text.exact(), sign, append, sure, literal, braces);
    }
  }

  /**
   * Returns whether a line is continued here: bash drops both bytes before it looks at anything.
   */
  private boolean continues(int at) {
    return at + 1 < bytes.length && bytes[at] == '\\' && bytes[at + 1] == '\n';
  }

  private byte before(int at) {
    int last = at - 1;
    while (last > 1 && bytes[last] == '\n') {
      last -= 2; // inside of a word that is a continued line
    }
    return bytes[last];
  }

  private static boolean endsWord(byte b) {
    return b == ' ' || b == '\t' || b == '\n';
  }

  private static boolean isName(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1).matches("[A-Za-z_][A-Za-z0-9_]*");
  }

  /** Reads a quoted part; returns whether nothing is put in for any of it. */
  private boolean quoted(byte quote, Bytes text) {
    position++;
    if (quote == '\\') {
      if (position < bytes.length) {
        text.add(bytes[position]);
      }
      lost |= position >= bytes.length;
      position++;
      return true;
    }
    boolean sure = true;
    while (position < bytes.length && bytes[position] != quote) {
      byte b = bytes[position];
      if (b == 0 || (b == '`' && quote == '"')) {
        lost = true;
        return false;
      }
      if (quote == '"' && b == '$') {
        sure &= dollar(text, true);
        if (lost) {
          return false;
        }
        continue;
      }
      if (quote == '"' && continues(position)) {
        position += 2;
        continue;
      }
      if (quote == '"' && b == '\\' && position + 1 < bytes.length) {
        byte next = bytes[position + 1];
        if (next == '$' || next == '`' || next == '"' || next == '\\') {
          position++;
          b = next;
        }
      }
      text.add(b);
      position++;
    }
    lost |= position >= bytes.length;
    position++;
    return sure;
  }

  /** Passes a dollar sign and what belongs to it; returns whether it stands for itself. */
  private boolean dollar(Bytes text, boolean inQuotes) {
    text.add((byte) '$');
    position++;
    while (continues(position)) {
      position += 2;
    }
    byte next = position < bytes.length ? bytes[position] : (byte) '\n';
    if (next == '(' || next == '[' || (!inQuotes && (next == '\'' || next == '"'))) {
      lost = true;
      return false;
    }
    if (next == '{') {
      lost = !plainParameter(text);
      return false;
    }
    boolean begins =
        (next >= 'a' && next <= 'z')
            || (next >= 'A' && next <= 'Z')
            || (next >= '0' && next <= '9')
            || (next > 0 && "_*@#?$!-".indexOf(next) >= 0);
    return !begins;
  }

  /**
   * Passes {@code {NAME}}, with or without what stands in for it; false for all that is more than
   * that: a bad substitution ends the shell that reads.
   */
  private boolean plainParameter(Bytes text) {
    int start = position + 1;
    int end = start;
    while (end < bytes.length && isNameByte(bytes[end], end == start)) {
      end++;
    }
    int nameEnd = end;
    while (end < bytes.length && bytes[end] != '}') {
      byte b = bytes[end];
      if (b == '\'' || b == '"' || b == '`' || b == '\\' || b == '\n' || b == '$' || b == 0) {
        return false;
      }
      end++;
    }
    if (end == bytes.length || nameEnd == start) {
      return false;
    }
    int operator = bytes[nameEnd] == ':' ? nameEnd + 1 : nameEnd;
    if (end > nameEnd && (operator >= end || "-+".indexOf(bytes[operator]) < 0)) {
      return false;
    }
    while (position < end) {
      text.add(bytes[position++]);
    }
    return true;
  }

  private static boolean isNameByte(byte b, boolean first) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || (!first && b >= '0' && b <= '9');
  }
}
