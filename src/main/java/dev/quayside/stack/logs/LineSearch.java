package dev.quayside.stack.logs;

import dev.quayside.common.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Searches lines with a regular expression that a person typed. The work per line is bounded: an
 * expression that backtracks without end is given up on, not waited for. Safe for use by several
 * threads.
 */
public final class LineSearch {

  /**
   * How many characters one search may look at; an ordinary expression looks at each a few times.
   */
  private static final int BUDGET = 2_000_000;

  private static final int LONGEST_EXPRESSION = 1_000;

  private final Pattern pattern;

  private LineSearch(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Says that the expression takes too long on a line. */
  public static final class TooCostly extends Exception {
    private static final long serialVersionUID = 1L;

    private TooCostly() {
      super("the search expression takes too long on this line", null, false, false);
    }
  }

  /** Marks where a match begins and ends in a line. */
  public record Hit(int start, int end) {}

  /**
   * Prepares a search.
   *
   * @param expression a Java regular expression
   * @param caseSensitive whether upper and lower case differ
   * @throws ProblemException with the place of the mistake, if it is not a regular expression
   */
  public static LineSearch of(String expression, boolean caseSensitive) throws ProblemException {
    if (expression.length() > LONGEST_EXPRESSION) {
      throw new ProblemException(
          LogProblems.expression(LogProblems.text("expression.long", LONGEST_EXPRESSION), ""));
    }
    int flags = caseSensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    try {
      return new LineSearch(Pattern.compile(expression, flags));
    } catch (PatternSyntaxException e) {
      String what = e.getDescription();
      String mistake =
          e.getIndex() < 0 ? what : LogProblems.text("expression.at", what, e.getIndex() + 1);
      throw new ProblemException(
          LogProblems.expression(mistake, String.valueOf(e.getMessage())), e);
    } catch (StackOverflowError e) {
      throw new ProblemException(
          LogProblems.expression(LogProblems.text("expression.deep"), ""), e);
    }
  }

  /** Returns whether the expression occurs in {@code text}. */
  public boolean found(String text) throws TooCostly {
    return guarded(() -> matcher(text).find());
  }

  /**
   * Returns the places where it occurs in {@code text}, at most {@code most}; empty matches are
   * left out.
   */
  public List<Hit> hits(String text, int most) throws TooCostly {
    return guarded(() -> {
      List<Hit> hits = new ArrayList<>();
      Matcher matcher = matcher(text);
      while (hits.size() < most && matcher.find()) {
        if (matcher.end() > matcher.start()) {
          hits.add(new Hit(matcher.start(), matcher.end()));
        }
      }
      return List.copyOf(hits);
    });
  }

  private Matcher matcher(String text) {
    return pattern.matcher(new Counted(text, new Budget(BUDGET)));
  }

  private interface Search<T> {
    T run();
  }

  private static <T> T guarded(Search<T> search) throws TooCostly {
    try {
      return search.run();
    } catch (Exhausted | StackOverflowError e) {
      throw new TooCostly();
    }
  }

  private static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super(null, null, false, false);
    }
  }

  private static final class Budget {
    private int left;

    Budget(int left) {
      this.left = left;
    }

    void spend() {
      if (--left < 0) {
        throw new Exhausted();
      }
    }
  }

  /** Counts every look at a character, the one thing that endless backtracking cannot avoid. */
  private record Counted(CharSequence text, Budget budget) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      budget.spend();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), budget);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
