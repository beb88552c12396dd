package dev.quayside.common;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Gives the texts that people read, from one bundle per area under {@code dev/quayside/messages}. A missing key throws,
 * because a test would have found it.
 */
public final class Messages {

  private final ResourceBundle bundle;

  private Messages(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /** Opens the bundle of {@code area}, for example {@code engine}, in the user's language. */
  public static Messages of(String area) {
    return new Messages(ResourceBundle.getBundle("dev.quayside.messages." + area, Locale.getDefault()));
  }

  /** Returns the text of {@code key} with {@code arguments} put in for {@code {0}}, {@code {1}} and so on. */
  public String get(String key, Object... arguments) {
    String pattern = bundle.getString(key);
    return arguments.length == 0 ? pattern.replace("''", "'") : new MessageFormat(pattern, bundle.getLocale()).format(arguments);
  }
}
