package dev.quayside.stack.picture;

import dev.quayside.stack.picture.StackPicture.Unplaced;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the path that Compose makes of a text with variables (compose-go's template). What is not
 * sure is not guessed: a wrong folder would be measured, and its size believed.
 *
 * @param path the path, absolute; null where it cannot be told
 * @param unplaced why it cannot be told; null where it can
 */
record PlacePath(@Nullable Path path, @Nullable Unplaced unplaced) {

  /** Gives the values of variables. */
  @FunctionalInterface
  interface Values {
    /** Returns the value; null where the variable is not set. */
    @Nullable String of(String name) throws Unknown;
  }

  /** Says why it cannot be told. */
  static final class Unknown extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Unplaced unplaced;

    Unknown(Unplaced.Why why, String variable) {
      super(why.name(), null, false, false);
      this.unplaced = new Unplaced(why, variable);
    }
  }

  /** Finds the path of {@code text}, which is taken relative to {@code root}. */
  static PlacePath of(String text, Path root, Values values) {
    try {
      String put = atHome(put(text, values), values);
      if (put.isEmpty() || put.indexOf('*') >= 0 || put.startsWith("~")) {
        return unknown(Unplaced.Why.UNCLEAR, "");
      }
      if (text.startsWith("$") && !put.startsWith("/") && !put.startsWith(".")) {
        // The short form names a volume then, the long one a folder.
        return unknown(Unplaced.Why.UNCLEAR, "");
      }
      return new PlacePath(root.resolve(put).normalize(), null);
    } catch (Unknown unknown) {
      return new PlacePath(null, unknown.unplaced);
    } catch (InvalidPathException foreign) {
      return unknown(Unplaced.Why.UNCLEAR, "");
    }
  }

  /** Holds a place of which it is unknown where it is. */
  static PlacePath unknown(Unplaced.Why why, String variable) {
    return new PlacePath(null, new Unplaced(why, variable));
  }

  private static String atHome(String put, Values values) throws Unknown {
    return put.equals("~") || put.startsWith("~/")
        ? required("HOME", values) + put.substring(1)
        : put;
  }

  private static String put(String text, Values values) throws Unknown {
    StringBuilder put = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) != '$') {
        put.append(text.charAt(i++));
      } else if (text.startsWith("$$", i)) {
        put.append('$');
        i += 2;
      } else if (text.startsWith("${", i)) {
        int end = closing(text, i + 2);
        put.append(braced(text.substring(i + 2, end), values));
        i = end + 1;
      } else {
        int end = nameEnd(text, i + 1);
        put.append(required(text.substring(i + 1, end), values));
        i = end;
      }
    }
    return put.toString();
  }

  /** Returns where the reference ends whose content begins at {@code from}. */
  private static int closing(String text, int from) throws Unknown {
    int open = 1;
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith("${", i)) {
        open++;
      } else if (text.charAt(i) == '}') {
        open--;
        if (open == 0) {
          return i;
        }
      }
    }
    throw new Unknown(Unplaced.Why.UNCLEAR, "");
  }

  private static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isName(text.charAt(end), end == from)) {
      end++;
    }
    return end;
  }

  private static boolean isName(char c, boolean first) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (!first && c >= '0' && c <= '9');
  }

  private static String braced(String inner, Values values) throws Unknown {
    int end = nameEnd(inner, 0);
    String name = inner.substring(0, end);
    String rest = inner.substring(end);
    boolean colon = rest.startsWith(":");
    String operator = colon ? rest.substring(1) : rest;
    if (rest.isEmpty() || operator.startsWith("?")) {
      return required(name, values);
    }
    if (name.isEmpty()) {
      throw new Unknown(Unplaced.Why.UNCLEAR, "");
    }
    String value = values.of(name);
    boolean without = value == null || value.isEmpty();
    if (operator.startsWith("-")) {
      // A colon may have been taken out so that Compose reads the file without interpolating; an
      // empty path by intention is none.
      return value == null || value.isEmpty() ? put(operator.substring(1), values) : value;
    }
    if (operator.startsWith("+") && (colon || value == null || !without)) {
      return without ? "" : put(operator.substring(1), values);
    }
    throw new Unknown(Unplaced.Why.UNCLEAR, name);
  }

  /** Returns the value; an empty one leads nowhere, or to the stack's whole folder. */
  private static String required(String name, Values values) throws Unknown {
    if (name.isEmpty()) {
      throw new Unknown(Unplaced.Why.UNCLEAR, "");
    }
    String value = values.of(name);
    if (value == null || value.isEmpty()) {
      throw new Unknown(Unplaced.Why.NO_VALUE, name);
    }
    return value;
  }
}
