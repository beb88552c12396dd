package dev.quayside.engine;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what looks like a secret in the text of others: by the name before it and by the form of
 * addresses and headers. What it cannot know it shows. It takes no longer than in proportion to the
 * text, whatever that holds.
 */
public final class SecretText {

  /** Stands for a secret. */
  public static final String MASK = "••••";

  private static final String WORD =
      "(?:passw|passphrase|passcode|(?<!by|com)pass(?![a-z])|secret|token(?!iz)|credential|masterauth"
          + "|(?:api|master|access|encryption|private|signing|session|jwt)[_-]?key"
          + "|[a-z0-9][_-]keys?(?![a-z])|[_-]salt|[_-]pwd)";
  // A name that ends so says where the secret is, not what it is.
  private static final String NOT_A_PLACE = "(?<![_-](?:file|path|dir))";
  private static final String NAME = "(?=[a-z0-9_-]*?" + WORD + ")[a-z0-9_-]++" + NOT_A_PLACE;
  // In quotes a value goes on behind a blank.
  private static final String VALUE = "((?<=\")[^\"]+|(?<=')[^']+|[^\\s\"',;]+)";

  private static final Pattern NAME_ALONE =
      Pattern.compile("(?i)(?=[a-z0-9_.:-]*?" + WORD + ")[a-z0-9_.:-]++" + NOT_A_PLACE);
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(?<![a-z0-9_-])((" + NAME + ")\\\\?[\"']?\\s*+[=:]\\s*+\\\\?[\"']?)" + VALUE);
  // What refers to a variable is no secret itself.
  private static final Pattern OPTION =
      Pattern.compile(
          "(?i)(?<![a-z0-9_-])((--?"
              + NAME
              + ")[ \\t]++[\"']?)(?!-|(?-i:\\$\\{?[A-Z_][A-Z0-9_]*+\\}?(?:[\\s\"';&|)]|$)))"
              + VALUE);
  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)(authorization\\\\?[\"']?\\s*+[:=]\\s*+\\\\?[\"']?(?:(?:basic|bearer|digest|token)\\s++)?)"
              + "[^\\s\"',;]+");
  private static final Pattern BEARER =
      Pattern.compile("(?i)(?<![a-z0-9])(bearer\\s++)[a-z0-9._~+/=-]{8,}");
  private static final Pattern IN_ADDRESS =
      Pattern.compile("(://[^\\s/:@]{0,100}):[^\\s/\"']{1,500}@");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private SecretText() {}

  /** Returns whether {@code value} is a secret if it belongs to {@code name}. */
  public static boolean hides(String name, String value) {
    return NAME_ALONE.matcher(name).matches() && !counts(name, value);
  }

  /** Models count their tokens; how many is no secret. */
  private static boolean counts(String name, String value) {
    return name.regionMatches(true, name.length() - 6, "tokens", 0, 6)
        && NUMBER.matcher(value).matches();
  }

  /** Returns {@code text} with what looks like a secret masked. */
  public static String mask(String text) {
    String byAddress = IN_ADDRESS.matcher(text).replaceAll("$1:" + MASK + "@");
    String byHeader = HEADER.matcher(byAddress).replaceAll("$1" + MASK);
    String byScheme = BEARER.matcher(byHeader).replaceAll("$1" + MASK);
    String byName = ASSIGNED.matcher(byScheme).replaceAll(SecretText::masked);
    return OPTION.matcher(byName).replaceAll(SecretText::masked);
  }

  private static String masked(MatchResult found) {
    return Matcher.quoteReplacement(
        counts(found.group(2), found.group(3)) ? found.group() : found.group(1) + MASK);
  }
}
