package dev.quayside.engine.compose;

import dev.quayside.common.Secret;
import dev.quayside.engine.SecretText;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a line of output: known values wherever they stand, and what looks like a
 * secret by its name. Values never become strings. Not safe for use by several threads.
 */
final class Redactor {

  private static final String MASK = SecretText.MASK;
  // A shorter value would blot out half the text, and protects nothing.
  private static final int SHORTEST = 4;
  // A line this long may have been cut in the middle of a value.
  private static final int LONGEST = 8 * 1024;
  // The parser of env files quotes what it does not understand.
  private static final Pattern NEAR = Pattern.compile("( near | in variable name )\".*\"");
  private static final Pattern UNTERMINATED =
      Pattern.compile("(unterminated quoted value ).+", Pattern.DOTALL);

  private final List<Secret> masked;

  Redactor(List<Secret> masked) {
    this.masked = List.copyOf(masked);
  }

  String redact(String line) {
    if (line.length() > LONGEST) {
      return "(a line of " + line.length() + " characters is left out)";
    }
    StringBuilder text = new StringBuilder(line);
    for (Secret secret : masked) {
      secret.withChars(value -> {
        maskValue(text, value);
        return text;
      });
    }
    String byValue = text.toString();
    String quoted = UNTERMINATED.matcher(byValue).replaceAll("$1" + MASK);
    return SecretText.mask(NEAR.matcher(quoted).replaceAll("$1" + MASK));
  }

  /** Masks each line of a value on its own, as output comes in lines. */
  private static void maskValue(StringBuilder text, char[] value) {
    int start = 0;
    for (int i = 0; i <= value.length; i++) {
      if (i == value.length || value[i] == '\n' || value[i] == '\r') {
        if (i - start >= SHORTEST) {
          maskPart(text, value, start, i);
        }
        start = i + 1;
      }
    }
  }

  private static void maskPart(StringBuilder text, char[] value, int start, int end) {
    int length = end - start;
    for (int at = 0; at + length <= text.length(); at++) {
      if (matches(text, at, value, start, length)) {
        text.replace(at, at + length, MASK);
        at += MASK.length() - 1;
      }
    }
  }

  private static boolean matches(StringBuilder text, int at, char[] value, int start, int length) {
    for (int i = 0; i < length; i++) {
      if (text.charAt(at + i) != value[start + i]) {
        return false;
      }
    }
    return true;
  }
}
