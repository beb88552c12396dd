package dev.quayside.stack.env;

import dev.quayside.catalogue.EnvReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Tells what each kind of program reads from the bytes of a file. Tests hold the models against
 * bash, Compose, python-dotenv and the Node package; that of systemd is made from its source and
 * unproven.
 */
final class ReaderModels {

  private ReaderModels() {}

  /** Returns what {@code reader} takes from {@code bytes}; the caller closes it. */
  static ReadValues read(EnvReader reader, byte[] bytes) {
    return switch (reader) {
      case COMPOSE -> compose(bytes);
      case SHELL -> new ShellModel(bytes).read();
      case SIMPLE -> simple(bytes);
      case PYTHON_DOTENV -> new PythonModel(bytes).read();
      case NODE_DOTENV -> new NodeModel(bytes).read();
      case SYSTEMD -> new SystemdModel(bytes).read();
    };
  }

  /** Returns the styles in which a value may be written for {@code reader}, if it fits. */
  static List<EnvEntry.Style> styles(EnvReader reader) {
    return switch (reader) {
      case COMPOSE, SHELL, SIMPLE, PYTHON_DOTENV, NODE_DOTENV ->
          List.of(EnvEntry.Style.PLAIN, EnvEntry.Style.SINGLE, EnvEntry.Style.DOUBLE);
      // Its quoting was never tried here against the real one.
      case SYSTEMD -> List.of(EnvEntry.Style.PLAIN);
    };
  }

  private static ReadValues compose(byte[] bytes) {
    ReadValues reading = new ReadValues();
    EnvScanner.Found found = EnvScanner.scan(bytes);
    for (EnvEntry entry : found.entries()) {
      byte[] value = EnvQuoting.bytes(bytes, entry);
      boolean sure = !EnvQuoting.interpolated(bytes, entry) && !commentForValue(bytes, entry);
      reading.put(entry.name(), value, sure);
      Arrays.fill(value, (byte) 0);
    }
    if (found.brokenLine() != 0) {
      reading.lose();
    }
    return reading;
  }

  /** Returns whether a comment follows directly, which Compose takes for the value. */
  private static boolean commentForValue(byte[] bytes, EnvEntry entry) {
    if (entry.style() != EnvEntry.Style.PLAIN || entry.start() != entry.end()) {
      return false;
    }
    int i = entry.end();
    while (i < bytes.length && Runes.isBlank(Runes.at(bytes, i))) {
      i += Runes.size(bytes, i);
    }
    return i < bytes.length && bytes[i] == '#';
  }

  private static ReadValues simple(byte[] bytes) {
    ReadValues reading = new ReadValues();
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      simpleLine(bytes, start, end, reading);
      start = end + 1;
    }
    return reading;
  }

  private static void simpleLine(byte[] bytes, int start, int end, ReadValues reading) {
    int sign = start;
    while (sign < end && bytes[sign] != '=') {
      sign++;
    }
    if (sign == end || bytes[start] == '#') {
      return;
    }
    int last = end;
    while (last > sign + 1 && EnvScanner.isBlank(bytes[last - 1])) {
      last--;
    }
    String name = new String(bytes, start, sign - start, StandardCharsets.UTF_8);
    byte[] value = Arrays.copyOfRange(bytes, sign + 1, last);
    // Some such tools take the first of two lines, some the last.
    reading.put(name, value, !reading.has(name));
    Arrays.fill(value, (byte) 0);
  }
}
