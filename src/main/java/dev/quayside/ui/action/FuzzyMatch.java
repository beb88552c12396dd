package dev.quayside.ui.action;

import java.util.Locale;
import java.util.OptionalInt;

/** Finds the letters of a query in a text, in their order, and says how well they fit. */
public final class FuzzyMatch {

  private static final int START_OF_TEXT = 12;
  private static final int START_OF_WORD = 8;
  private static final int FOLLOWING = 5;
  private static final int LETTER = 1;
  private static final int WHOLE = 40;

  private FuzzyMatch() {}

  /**
   * Returns how well {@code query} fits {@code text}: more is better; empty if a letter is missing.
   * Case and blanks of the query do not count; an empty query fits everything with 0.
   */
  public static OptionalInt score(String query, String text) {
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    String searched = text.toLowerCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      return OptionalInt.of(0);
    }
    int whole = searched.indexOf(wanted);
    int bonus = whole < 0 ? 0 : WHOLE + (startsWord(searched, whole) ? START_OF_WORD : 0);
    int score = bonus;
    int from = 0;
    int previous = -2;
    for (int i = 0; i < wanted.length(); i++) {
      char letter = wanted.charAt(i);
      if (Character.isWhitespace(letter)) {
        continue;
      }
      int at = nextPlace(searched, letter, from, previous);
      if (at < 0) {
        return OptionalInt.empty();
      }
      score += worth(searched, at, previous);
      previous = at;
      from = at + 1;
    }
    return OptionalInt.of(score - Math.min(LETTER * searched.length() / 8, 8));
  }

  /** Prefers the letter that follows at once, then one that begins a word, then the next. */
  private static int nextPlace(String text, char letter, int from, int previous) {
    int next = text.indexOf(letter, from);
    if (next < 0 || next == previous + 1) {
      return next;
    }
    for (int at = next; at >= 0; at = text.indexOf(letter, at + 1)) {
      if (startsWord(text, at)) {
        return at;
      }
    }
    return next;
  }

  private static int worth(String text, int at, int previous) {
    if (at == 0) {
      return START_OF_TEXT;
    }
    if (at == previous + 1) {
      return FOLLOWING;
    }
    return startsWord(text, at) ? START_OF_WORD : LETTER;
  }

  private static boolean startsWord(String text, int at) {
    return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
  }
}
