package dev.quayside.stack.env;

import dev.quayside.common.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads values in the three ways of quoting that Compose and a shell have in common.
 * Values are handled as UTF-8 bytes and never as text, so that they can be wiped.
 */
final class EnvQuoting {

  private static final String PLAIN_PUNCTUATION = "_-./:@%+,=^";

  private EnvQuoting() {}

  /**
   * Returns {@code value} in {@code style}, or null where that style cannot hold it for both
   * readers.
   */
  static byte @Nullable [] write(byte[] value, EnvEntry.Style style) {
    for (byte b : value) {
      if ((b >= 0 && b < 0x20) || b == 0x7F) {
        return null;
      }
    }
    return switch (style) {
      case PLAIN -> plain(value) ? value.clone() : null;
      case SINGLE -> single(value) ? framed(value, (byte) '\'') : null;
      case DOUBLE -> has(value, '`') ? null : framed(escaped(value), (byte) '"');
    };
  }

  private static boolean plain(byte[] value) {
    for (byte b : value) {
      if (!plain(b)) {
        return false;
      }
    }
    return true;
  }

  private static boolean plain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || (b > 0 && PLAIN_PUNCTUATION.indexOf(b) >= 0);
  }

  private static boolean single(byte[] value) {
    // Compose takes a backslash before the closing quote for an escape, a shell does not.
    return !has(value, '\'') && (value.length == 0 || value[value.length - 1] != '\\');
  }

  private static boolean has(byte[] value, char wanted) {
    for (byte b : value) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }

  private static byte[] escaped(byte[] value) {
    byte[] wide = new byte[value.length * 2];
    int length = 0;
    for (byte b : value) {
      if (b == '"' || b == '\\' || b == '$') {
        wide[length++] = '\\';
      }
      wide[length++] = b;
    }
    byte[] exact = Arrays.copyOf(wide, length);
    Arrays.fill(wide, (byte) 0);
    return exact;
  }

  private static byte[] framed(byte[] value, byte quote) {
    byte[] framed = new byte[value.length + 2];
    framed[0] = quote;
    System.arraycopy(value, 0, framed, 1, value.length);
    framed[framed.length - 1] = quote;
    return framed;
  }

  /** Returns the value as Compose reads it, before it puts in other variables. */
  static Secret read(byte[] bytes, EnvEntry entry) {
    byte[] value = bytes(bytes, entry);
    try {
      return Secret.ofUtf8(value);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  /** Does the same byte by byte; the caller wipes them. */
  static byte[] bytes(byte[] bytes, EnvEntry entry) {
    try (Bytes value = new Bytes()) {
      switch (entry.style()) {
        case PLAIN -> {
          for (int i = entry.start(); i < entry.end(); i++) {
            value.add(bytes[i]);
          }
        }
        case SINGLE -> unquoteSingle(bytes, entry, value);
        case DOUBLE -> unquoteDouble(bytes, entry, value, false);
      }
      return value.exact();
    }
  }

  /** Returns whether Compose puts variables into the value, or might. */
  static boolean interpolated(byte[] bytes, EnvEntry entry) {
    return switch (entry.style()) {
      case SINGLE -> false;
      case PLAIN -> {
        for (int i = entry.start(); i < entry.end(); i++) {
          if (bytes[i] == '$') {
            yield true;
          }
        }
        yield false;
      }
      case DOUBLE -> {
        try (Bytes value = new Bytes()) {
          yield unquoteDouble(bytes, entry, value, false);
        }
      }
    };
  }

  /** Returns whether Compose refuses the whole file for what is to be put into this value. */
  static boolean brokenTemplate(byte[] bytes, EnvEntry entry) {
    if (!interpolated(bytes, entry)) {
      return false;
    }
    try (Bytes text = new Bytes()) {
      if (entry.style() == EnvEntry.Style.DOUBLE) {
        unquoteDouble(bytes, entry, text, true);
      } else {
        for (int i = entry.start(); i < entry.end(); i++) {
          text.add(bytes[i]);
        }
      }
      byte[] template = text.exact();
      try {
        return ComposeTemplate.broken(template);
      } finally {
        Arrays.fill(template, (byte) 0);
      }
    }
  }

  private static void unquoteSingle(byte[] bytes, EnvEntry entry, Bytes value) {
    int last = entry.end() - 1;
    for (int i = entry.start() + 1; i < last; i++) {
      boolean escape = bytes[i] == '\\' && i + 1 < last;
      if (escape && bytes[i + 1] == '\'') {
        value.add(bytes[++i]);
      } else {
        value.add(bytes[i]);
        if (escape && bytes[i + 1] == '\\') {
          value.add(bytes[++i]);
        }
      }
    }
  }

  /**
   * Puts in what escapes stand for.
   *
   * @param template whether an escaped dollar sign becomes two, which stand for one later
   * @return whether a dollar sign is not escaped
   */
  private static boolean unquoteDouble(
      byte[] bytes, EnvEntry entry, Bytes value, boolean template) {
    int last = entry.end() - 1;
    boolean dollar = false;
    int i = entry.start() + 1;
    while (i < last) {
      byte b = bytes[i];
      byte next = i + 1 < last ? bytes[i + 1] : 0;
      if (b == '\\' && (next == '"' || next == '\\' || next == '$')) {
        if (next == '$' && template) {
          value.add(next);
        }
        value.add(next);
        i += 2;
      } else if (b == '\\' && CONTROLS.indexOf(next) >= 0 && next > 0) {
        value.add(CONTROL_BYTES[CONTROLS.indexOf(next)]);
        i += 2;
      } else if (b == '\\' && next == '0') {
        int end = i + 2;
        while (end < last && end < i + 5 && bytes[end] >= '0' && bytes[end] <= '9') {
          end++;
        }
        dollar |= octal(bytes, i + 2, end, value);
        i = end;
      } else {
        dollar |= b == '$';
        value.add(b);
        i++;
      }
    }
    return dollar;
  }

  private static final String CONTROLS = "abfnrtv";
  private static final byte[] CONTROL_BYTES = {7, '\b', '\f', '\n', '\r', '\t', 11};

  /** Adds what a backslash, a zero and these digits stand for; returns whether it is a dollar. */
  private static boolean octal(byte[] bytes, int start, int end, Bytes value) {
    int number = 0;
    boolean octal = end - start == 3;
    for (int i = start; i < end; i++) {
      octal &= bytes[i] < '8';
      number = number * 8 + bytes[i] - '0';
    }
    if (octal && number <= 0xFF) {
      for (byte b : Character.toString(number).getBytes(StandardCharsets.UTF_8)) {
        value.add(b);
      }
      return number == '$';
    }
    // Compose takes the zero away before it finds that the rest is no number.
    value.add((byte) '\\');
    for (int i = start; i < end; i++) {
      value.add(bytes[i]);
    }
    return false;
  }

  /**
   * Returns whether a shell that sources the file reads the same value from these bytes as Compose.
   */
  static boolean shellReadsSame(byte[] bytes, int start, int end, EnvEntry.Style style) {
    return switch (style) {
      case PLAIN -> plain(Arrays.copyOfRange(bytes, start, end));
      case SINGLE -> {
        for (int i = start + 1; i < end - 1; i++) {
          if (bytes[i] == '\\' && bytes[i + 1] == '\'') {
            yield false;
          }
        }
        yield true;
      }
      case DOUBLE -> doubleQuotedSame(bytes, start, end);
    };
  }

  private static boolean doubleQuotedSame(byte[] bytes, int start, int end) {
    for (int i = start + 1; i < end - 1; i++) {
      byte b = bytes[i];
      if (b == '$' || b == '`') {
        return false;
      }
      if (b == '\\') {
        i++;
        if (bytes[i] != '"' && bytes[i] != '\\' && bytes[i] != '$') {
          return false;
        }
      }
    }
    return true;
  }
}
