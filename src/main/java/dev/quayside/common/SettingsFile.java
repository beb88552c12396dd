package dev.quayside.common;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes settings as text and reads them back, kept apart from what the program uses so that the
 * file can change its shape. Names that this version does not know are kept; values that make no
 * sense count as not set.
 */
record SettingsFile(Map<String, String> entries) {

  /**
   * Grows when a name changes its meaning; a file of a later version is read for what we know of
   * it.
   */
  static final int VERSION = 1;

  private static final int LARGEST_TEXT = 100;
  private static final int FARTHEST = 100_000;

  SettingsFile {
    entries = Map.copyOf(entries);
  }

  /** Reads the text of a file. */
  static SettingsFile read(String text) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException malformed) {
      throw new IOException("malformed escape in the settings", malformed);
    }
    Map<String, String> entries = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> entries.put(name, properties.getProperty(name)));
    return new SettingsFile(entries);
  }

  /** Returns what the program uses. */
  Settings settings() {
    return new Settings(
        theme(),
        Math.clamp(number("text-size", 0), 0, LARGEST_TEXT),
        text("engine"),
        text("stack"),
        window());
  }

  private Settings.Theme theme() {
    String name = entries.getOrDefault("theme", "follow");
    for (Settings.Theme theme : Settings.Theme.values()) {
      if (theme.name().equalsIgnoreCase(name)) {
        return theme;
      }
    }
    return Settings.Theme.FOLLOW;
  }

  private Settings.@Nullable WindowPlace window() {
    int width = number("window.width", 0);
    int height = number("window.height", 0);
    if (width < 1 || height < 1 || width > FARTHEST || height > FARTHEST) {
      return null;
    }
    return new Settings.WindowPlace(
        Math.clamp(number("window.x", 0), -FARTHEST, FARTHEST),
        Math.clamp(number("window.y", 0), -FARTHEST, FARTHEST),
        width,
        height,
        "true".equals(entries.get("window.maximised")));
  }

  private @Nullable String text(String name) {
    String value = entries.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private int number(String name, int otherwise) {
    String value = entries.getOrDefault(name, "");
    return value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : otherwise;
  }

  /** Returns a file with {@code settings} in it and everything unknown kept. */
  SettingsFile with(Settings settings) {
    Map<String, String> next = new TreeMap<>(entries);
    next.put("version", Integer.toString(Math.max(VERSION, number("version", VERSION))));
    next.put("theme", settings.theme().name().toLowerCase(Locale.ROOT));
    next.put("text-size", Integer.toString(settings.textSize()));
    set(next, "engine", settings.engine());
    set(next, "stack", settings.stack());
    Settings.WindowPlace place = settings.window();
    set(next, "window.x", place == null ? null : Integer.toString(place.x()));
    set(next, "window.y", place == null ? null : Integer.toString(place.y()));
    set(next, "window.width", place == null ? null : Integer.toString(place.width()));
    set(next, "window.height", place == null ? null : Integer.toString(place.height()));
    set(next, "window.maximised", place == null ? null : Boolean.toString(place.maximised()));
    return new SettingsFile(next);
  }

  private static void set(Map<String, String> entries, String name, @Nullable String value) {
    if (value == null) {
      entries.remove(name);
    } else {
      entries.put(name, value);
    }
  }

  /**
   * Returns the text of the file: one line each, in the order of the names, nothing that differs
   * from run to run.
   */
  byte[] bytes() {
    StringBuilder text = new StringBuilder("# Quayside settings\n");
    new TreeMap<>(entries)
        .forEach((name, value) ->
            text.append(escaped(name, true))
                .append('=')
                .append(escaped(value, false))
                .append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String words, boolean name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\\' -> out.append("\\\\");
        case ' ' -> out.append(i == 0 || name ? "\\ " : " ");
        case '=', ':', '#', '!' -> out.append(i == 0 || name ? "\\" + c : String.valueOf(c));
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
