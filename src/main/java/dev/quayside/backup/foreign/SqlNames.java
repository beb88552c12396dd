package dev.quayside.backup.foreign;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Notes the names in a statement that let it change how the rest is read, wherever they stand in
 * it: bare or in quotes, however long it is.
 */
final class SqlNames {

  /** The function that changes a setting. */
  static final String SETTER = "set_config";

  /** The view that changes a setting where it is updated. */
  static final String SETTINGS = "pg_settings";

  private static final Set<String> WATCHED = Set.of(SETTER, SETTINGS);
  private static final int LONGEST = 63;

  private final StringBuilder quoted = new StringBuilder();
  private final Set<String> found = new HashSet<>();

  /** Takes a name without quotes, or a number. */
  void bare(CharSequence word) {
    int length = word.length();
    boolean number = length > 0 && word.charAt(0) >= '0' && word.charAt(0) <= '9';
    if (!number && length > LONGEST) {
      return; // longer than any of them
    }
    String name = word.toString().toLowerCase(Locale.ROOT);
    for (String watched : WATCHED) {
      // Servers before PostgreSQL 15 take what is glued to a number for a name.
      if (number ? name.endsWith(watched) : name.equals(watched)) {
        found.add(watched);
      }
    }
  }

  /** Takes a byte between the quotes of a name. */
  void inQuotes(int c) {
    if (quoted.length() <= LONGEST) {
      quoted.append((char) c);
    }
  }

  /** Ends a name in quotes; one with a quote in it comes in pieces, and is none of them. */
  void endQuotes() {
    String name = quoted.toString();
    quoted.setLength(0);
    if (WATCHED.contains(name)) {
      found.add(name);
    }
  }

  /** Returns whether the statement has this name in it. */
  boolean has(String name) {
    return found.contains(name);
  }

  /** Begins a new statement. */
  void reset() {
    quoted.setLength(0);
    found.clear();
  }
}
