package dev.quayside.stack.env;

import dev.quayside.common.Secret;
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
        case SINGLE -> unescape(bytes, entry, value, false);
        case DOUBLE -> unescape(bytes, entry, value, true);
      }
      return value.exact();
    }
  }

  /** Returns whether Compose puts variables into the value, or might. */
  static boolean interpolated(byte[] bytes, EnvEntry entry) {
    if (entry.style() == EnvEntry.Style.SINGLE) {
      return false;
    }
    boolean escaped = false;
    for (int i = entry.start(); i < entry.end(); i++) {
      if (bytes[i] == '$' && !escaped) {
        return true;
      }
      escaped = entry.style() == EnvEntry.Style.DOUBLE && !escaped && bytes[i] == '\\';
    }
    return false;
  }

  private static void unescape(byte[] bytes, EnvEntry entry, Bytes value, boolean doubleQuoted) {
    byte quote = bytes[entry.start()];
    for (int i = entry.start() + 1; i < entry.end() - 1; i++) {
      byte b = bytes[i];
      byte next = bytes[i + 1];
      boolean escape =
          b == '\\'
              && i + 1 < entry.end() - 1
              && (next == quote || (doubleQuoted && (next == '\\' || next == '$')));
      if (escape) {
        i++;
        value.add(next);
      } else if (b == '\\' && doubleQuoted && control(next) != 0) {
        i++;
        value.add(control(next));
      } else {
        value.add(b);
      }
    }
  }

  private static byte control(byte letter) {
    return (byte)
        switch (letter) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          default -> 0;
        };
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
