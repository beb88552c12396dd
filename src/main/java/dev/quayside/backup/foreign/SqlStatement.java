package dev.quayside.backup.foreign;

import static dev.quayside.backup.foreign.SqlRefusal.Reason;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Judges one statement by its words, with comments and the insides of quotes taken out. */
final class SqlStatement {

  /** Says what becomes of a statement. */
  enum Verdict {
    /** It is sent. */
    SENT,
    /** It is left out: owners and rights are those of the database that it goes into. */
    LEFT_OUT,
    /** It is sent, and rows follow up to a line with {@code \.}. */
    ROWS_FOLLOW
  }

  private static final String NAME = "(?:[a-z_\\x80-\\xff][\\w$\\x80-\\xff]*|(?:\"\")+)";
  private static final Pattern ROWS =
      pattern(
          "copy (?:only )?(?:NAME ?\\. ?)?NAME ?(?:\\( ?NAME ?(?:, ?NAME ?)*\\) ?)?from stdin ?");
  private static final Pattern OTHER_DATABASE = pattern("(?:create|alter|drop) database\\b.*");
  private static final Pattern SERVER =
      pattern(
          "(?:create|alter|drop) (?:role|group|tablespace|subscription|user(?! mapping))\\b.*"
              + "|alter system\\b.*|load\\b.*");
  private static final Pattern COPY = pattern("copy\\b.*");
  private static final Pattern SESSION =
      pattern(
          "(?:re)?set (?:session |local )?(?:session authorization|role)\\b.*"
              + "|(?:re)?set (?:session |local )?(?:all|names|backslash_quote)\\b.*|discard\\b.*"
              + "|(?:re)?set (?:session |local )?(?:u& ?)?\"\".*");
  private static final Pattern LEFT_OUT =
      pattern(
          "grant\\b.*|revoke\\b.*|alter default privileges\\b.*|comment on extension\\b.*"
              + "|alter .* owner to NAME ?");
  private static final Pattern BODY = pattern("create\\b.*\\bbegin\\b.*");
  private static final Pattern INSERT = pattern("insert into\\b");

  private static final Pattern SEARCH_PATH =
      Pattern.compile(
          "select pg_catalog\\.set_config\\('search_path', '[^'\\\\]*', false\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ENCODING =
      Pattern.compile(
          "set client_encoding = '(?:utf-?8|unicode|sql_ascii|latin\\d+|win1\\d\\d\\d|win8\\d\\d"
              + "|win|alt|koi8[ru]?|iso_8859_\\d|euc_\\w+)'",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STRINGS =
      Pattern.compile("set standard_conforming_strings = (?:on|'on')", Pattern.CASE_INSENSITIVE);

  private SqlStatement() {}

  private static Pattern pattern(String text) {
    return Pattern.compile(text.replace("NAME", NAME), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /**
   * Judges a statement.
   *
   * @param words its words, one blank between them, quotes emptied
   * @param text all of it without comments; of a long one the end
   * @param names which of the names that are watched it has
   * @param line where it ends
   * @throws SqlRefusal if it is never sent
   */
  static Verdict judge(String words, String text, SqlNames names, long line) throws SqlRefusal {
    requireNames(names, text, line);
    if (INSERT.matcher(words).lookingAt()) {
      // Most of what comes, and nothing of what follows here.
      return Verdict.SENT;
    }
    refuse(OTHER_DATABASE, Reason.OTHER_DATABASE, words, line);
    refuse(SERVER, Reason.SERVER, words, line);
    refuse(SESSION, Reason.SESSION, words, line);
    refuse(BODY, Reason.COMMAND, words, line);
    if (ROWS.matcher(words).matches()) {
      return Verdict.ROWS_FOLLOW;
    }
    refuse(COPY, Reason.COPY, words, line);
    String all = text.toLowerCase(Locale.ROOT);
    requireForm(all, "client_encoding", ENCODING, text, line);
    requireForm(all, "standard_conforming_strings", STRINGS, text, line);
    return LEFT_OUT.matcher(words).matches() ? Verdict.LEFT_OUT : Verdict.SENT;
  }

  private static void requireNames(SqlNames names, String text, long line) throws SqlRefusal {
    if (names.has(SqlNames.SETTINGS)) {
      throw new SqlRefusal(Reason.SESSION, line, SqlNames.SETTINGS);
    }
    if (names.has(SqlNames.SETTER) && !SEARCH_PATH.matcher(text.strip()).matches()) {
      throw new SqlRefusal(Reason.SESSION, line, SqlNames.SETTER);
    }
  }

  private static void refuse(Pattern pattern, Reason reason, String words, long line)
      throws SqlRefusal {
    if (pattern.matcher(words).matches()) {
      throw new SqlRefusal(reason, line, shortened(words));
    }
  }

  private static void requireForm(String where, String word, Pattern form, String text, long line)
      throws SqlRefusal {
    if (where.contains(word) && !form.matcher(text.strip()).matches()) {
      throw new SqlRefusal(Reason.SESSION, line, shortened(word));
    }
  }

  private static String shortened(String words) {
    String text = new String(words.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
