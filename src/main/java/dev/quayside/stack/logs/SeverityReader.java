package dev.quayside.stack.logs;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses how grave a line is from what it says: a level in JSON or {@code key=value} form, a level
 * word near its beginning, the letter of glog. It looks only at the first characters, so that a
 * long line costs no more than a short one.
 */
final class SeverityReader {

  private static final int LOOKED_AT = 320;

  /** A named field: {@code "level":"error"}, {@code "severity": 50}, {@code level=warn}. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?<![\\w-])\"?(?:level|lvl|severity|levelname|log\\.level)\"?\\s{0,4}[:=]\\s{0,4}\"?(\\w{1,12})",
          Pattern.CASE_INSENSITIVE);

  /**
   * Upper-case words wherever they stand; lower-case ones only where a form marks them as a level.
   */
  private static final Pattern WORD =
      Pattern.compile(
          "(?<![\\w/.-])(?:(EMERG|EMERGENCY|ALERT|CRITICAL|CRIT|FATAL|PANIC|ERROR|ERR|SEVERE|WARNING|WARN|NOTICE|INFO"
              + "|LOG|DEBUG|TRACE)(?![\\w/-])"
              + "|\\[(emerg|alert|crit|critical|fatal|error|warn|warning|notice|info|debug|trace)\\]"
              + "|^(panic|fatal|error|warning)(?=:))");

  private static final Pattern GLOG = Pattern.compile("^([IWEF])\\d{4} \\d\\d:\\d\\d:\\d\\d");

  private static final Pattern FAILURE =
      Pattern.compile(
          "^Traceback \\(most"
              + " recent|^(?:[a-z]\\w{0,40}\\.){0,8}[A-Z]\\w{0,60}(?:Error|Exception)\\b");

  private static final Map<String, Severity> WORDS =
      Map.ofEntries(
          Map.entry("emerg", Severity.ERROR),
          Map.entry("emergency", Severity.ERROR),
          Map.entry("alert", Severity.ERROR),
          Map.entry("critical", Severity.ERROR),
          Map.entry("crit", Severity.ERROR),
          Map.entry("fatal", Severity.ERROR),
          Map.entry("panic", Severity.ERROR),
          Map.entry("error", Severity.ERROR),
          Map.entry("err", Severity.ERROR),
          Map.entry("severe", Severity.ERROR),
          Map.entry("f", Severity.ERROR),
          Map.entry("e", Severity.ERROR),
          Map.entry("warning", Severity.WARNING),
          Map.entry("warn", Severity.WARNING),
          Map.entry("w", Severity.WARNING),
          Map.entry("notice", Severity.INFORMATION),
          Map.entry("info", Severity.INFORMATION),
          Map.entry("information", Severity.INFORMATION),
          Map.entry("log", Severity.INFORMATION),
          Map.entry("debug", Severity.INFORMATION),
          Map.entry("trace", Severity.INFORMATION),
          Map.entry("i", Severity.INFORMATION));

  private SeverityReader() {}

  /** Returns what {@code text} claims, {@link Severity#UNKNOWN} where it says nothing. */
  static Severity read(String text) {
    String head = text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
    Matcher field = FIELD.matcher(head);
    if (field.find()) {
      Severity named = named(field.group(1));
      if (named != Severity.UNKNOWN) {
        return named;
      }
    }
    Matcher glog = GLOG.matcher(head);
    if (glog.find()) {
      return named(glog.group(1));
    }
    Matcher word = WORD.matcher(head);
    if (word.find()) {
      return named(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return FAILURE.matcher(head).find() ? Severity.ERROR : Severity.UNKNOWN;
  }

  /**
   * Returns whether {@code text} goes on with what the line before it said, for example a frame of
   * a stack trace.
   */
  static boolean continues(String text) {
    return text.startsWith(" ")
        || text.startsWith("Caused by:")
        || text.startsWith("DETAIL:")
        || text.startsWith("HINT:");
  }

  private static Severity named(String word) {
    Severity known = WORDS.get(word.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    // The numbers of pino and bunyan: 10 trace … 60 fatal.
    return switch (word) {
      case "50", "60" -> Severity.ERROR;
      case "40" -> Severity.WARNING;
      case "10", "20", "30" -> Severity.INFORMATION;
      default -> Severity.UNKNOWN;
    };
  }
}
