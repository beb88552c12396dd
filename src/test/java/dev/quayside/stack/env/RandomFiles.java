package dev.quayside.stack.env;

import dev.quayside.catalogue.EnvReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes up environment files and values that are odd in every way that readers disagree on. */
final class RandomFiles {

  static final List<String> NAMES = List.of("A", "B", "C", "D");

  private static final String ODD =
      "ab1 '\"\\$#`!&|;<>(){}[]*?~=+-_/:@%,.^\n\r\t\u00e9\u2028\u00a0\ud83d\ude00";
  private static final String[] VALUES = {
    "old",
    "'old'",
    "\"old\"",
    "",
    "it's",
    "a b",
    "a#b",
    "a #b",
    "'a # b' # c",
    "\"a \\\" b\"",
    "'two\nlines'",
    "\"two\nlines\"",
    "$B",
    "\"$B\"",
    "'$B'",
    "${B}",
    "${B:-x}",
    "`a`",
    "'a\\'b'",
    "\"a\\nb\"",
    "a\\ b",
    "x\\",
    " # c",
    "\t# c",
    "'x' y",
    "$",
    "\"$\"",
    "~",
    "a'b'c",
    "\"\"",
    "'a'\\''b'",
    "\"a\\\\\"",
    "'a\\\\'",
    "a$",
    "{a,b}",
    "\"`\"",
    "a;b",
    "a=b",
    "\u00e9",
    "'\u00e9 '",
    "'x'#c",
    "'x' B=2",
    "\"x\"C='3'",
    "\u00a0\"x\"",
    "\u00a0\"x",
    "x\u00a0",
    "x\u2003# c",
    "\u0085'x'",
    "\"p\\ass\\bx\\0123\\0044B\"",
    "\"a\\0b\\09\\0400\\v\\c\"",
    "${",
    "pa${x y}",
    "\"\\${\"",
    "\"\\\\${\"",
    "$$",
    "$${",
    "\"$$\"",
    "${B",
    "${B-x}"
  };
  private static final String[] STARTS = {
    "",
    "",
    "",
    "",
    "export ",
    "  ",
    "# ",
    "#",
    "export\t",
    "\ufeff",
    "\u00a0",
    "\u2028",
    "export\u00a0"
  };
  private static final String[] SIGNS = {
    "=", "=", "=", "=", "=", " =", "= ", ": ", " = ", "+=", "=\u00a0", "\u00a0=", "\t="
  };
  private static final String[] LINES = {
    "hello world",
    "=x",
    "\u00dc=1",
    "A\tB=1",
    "A",
    "B \t",
    "export",
    "export ",
    "A B=1",
    "A.B[0]-c=1"
  };

  private final Random random;

  RandomFiles(long seed) {
    this.random = new Random(seed);
  }

  /** Returns a file of a few lines. */
  String file() {
    StringBuilder text = new StringBuilder();
    String end = random.nextInt(6) == 0 ? "\r\n" : "\n";
    int lines = 1 + random.nextInt(5);
    for (int i = 0; i < lines; i++) {
      text.append(line());
      if (i + 1 < lines || random.nextInt(4) > 0) {
        text.append(end);
      }
    }
    return text.toString();
  }

  private String line() {
    int kind = random.nextInt(12);
    if (kind == 0) {
      return value(10);
    }
    if (kind == 1) {
      return random.nextInt(3) == 0 ? "" : LINES[random.nextInt(LINES.length)];
    }
    if (kind == 2) {
      return "# " + value(8).replace("\n", "");
    }
    String value = random.nextInt(4) == 0 ? value(8) : VALUES[random.nextInt(VALUES.length)];
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return STARTS[random.nextInt(STARTS.length)]
        + name
        + SIGNS[random.nextInt(SIGNS.length)]
        + value
        + (random.nextInt(5) == 0 ? " # it's" : "");
  }

  /** Returns a file that has nothing strange but in how {@code A} is written. */
  String mildFile() {
    String value = VALUES[random.nextInt(6)];
    return "# made up\nZ=1\n"
        + (random.nextInt(3) == 0 ? "export " : "")
        + "A="
        + value
        + (random.nextInt(3) == 0 ? " # why" : "")
        + "\nY='2'\n";
  }

  /** Returns a value of at most {@code longest} characters. */
  String value(int longest) {
    int[] points = ODD.codePoints().toArray();
    StringBuilder value = new StringBuilder();
    int length = random.nextInt(longest + 1);
    for (int i = 0; i < length; i++) {
      value.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return value.toString();
  }

  /** Returns a value without characters that no quoting holds. */
  String printable(int longest) {
    return value(longest).replaceAll("[\\n\\r\\t]", "");
  }

  /** Returns some readers, Compose always among them. */
  Set<EnvReader> readers() {
    Set<EnvReader> readers = EnumSet.of(EnvReader.COMPOSE);
    List<EnvReader> others =
        new ArrayList<>(List.of(EnvReader.SHELL, EnvReader.PYTHON_DOTENV, EnvReader.NODE_DOTENV));
    others.removeIf(reader -> random.nextBoolean());
    readers.addAll(others);
    return readers;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }
}
