package dev.quayside.common;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Gives the texts that people read, from one bundle per area under {@code dev/quayside/messages}. A
 * missing key throws, because a test would have found it.
 */
public final class Messages {

  private final ResourceBundle bundle;

  private Messages(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /** Opens the bundle of {@code area}, for example {@code engine}, in the user's language. */
  public static Messages of(String area) {
    return new Messages(
        ResourceBundle.getBundle("dev.quayside.messages." + area, Locale.getDefault()));
  }

  /**
   * Returns the text of {@code key} with {@code arguments} put in for {@code {0}}, {@code {1}} and
   * so on.
   */
  public String get(String key, Object... arguments) {
    String pattern = bundle.getString(key);
    return arguments.length == 0
        ? pattern.replace("''", "'")
        : new MessageFormat(pattern, bundle.getLocale()).format(arguments);
  }

  /**
   * Builds the problem {@code code} from the texts {@code code.title}, {@code .happened}, {@code
   * .unchanged}, {@code .next} and, where there is one, {@code .command}; {@code arguments} are put
   * into each of them.
   */
  public Problem problem(String code, Object... arguments) {
    String command = code + ".command";
    return new Problem(
        code,
        get(code + ".title", arguments),
        get(code + ".happened", arguments),
        get(code + ".unchanged", arguments),
        get(code + ".next", arguments),
        bundle.containsKey(command) ? get(command, arguments) : null,
        "");
  }
}
