package dev.quayside.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Collects the figures of a family and writes them, after each one, as one JSON object where {@code
 * ./check --full} looks for it: what was measured before a failure is kept.
 */
public final class Figures {

  private final Path file;
  private final Map<String, String> entries = new LinkedHashMap<>();

  /** Creates an empty object for {@code family}. */
  public Figures(String family) {
    this.file = AppImage.repository().resolve("target/full/" + family + ".json");
  }

  /** Adds a value that is JSON already. */
  public void json(String name, String value) throws IOException {
    entries.put(name, value);
    write();
  }

  /** Adds a number. */
  public void number(String name, double value) throws IOException {
    json(name, String.format(Locale.ROOT, "%.3f", value));
  }

  /** Adds a text without quotes or backslashes in it. */
  public void text(String name, String value) throws IOException {
    json(name, "\"" + value + "\"");
  }

  /** Adds the load of the machine as it is now. */
  public void load() throws IOException {
    text("load average", Files.readString(Path.of("/proc/loadavg")).strip());
  }

  /** Writes median, 95th percentile and largest of {@code values} as a JSON object. */
  public static String spread(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.isEmpty()
        ? "null"
        : String.format(
            Locale.ROOT,
            "{\"n\": %d, \"p50\": %.1f, \"p95\": %.1f, \"max\": %.1f}",
            sorted.size(),
            median(sorted),
            sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1),
            sorted.getLast());
  }

  /** Returns the median of {@code values}. */
  public static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private void write() throws IOException {
    Files.createDirectories(file.getParent());
    List<String> lines = new ArrayList<>();
    entries.forEach((name, value) -> lines.add("\"" + name + "\": " + value));
    Files.writeString(file, "{" + String.join(",\n ", lines) + "}\n");
  }
}
