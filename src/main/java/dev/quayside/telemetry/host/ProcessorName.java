package dev.quayside.telemetry.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads the processor's name from the kernel, which knows it before OSHI has woken. */
final class ProcessorName {

  private ProcessorName() {}

  /** Returns the name, where the kernel under {@code root} tells it; else an empty text. */
  static String model(Path root) {
    // The whole file asks every core for its pace; the name stands in the first lines.
    try (BufferedReader lines =
        Files.newBufferedReader(root.resolve("proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          return "";
        }
        if (line.toLowerCase(Locale.ROOT).startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException unreadable) {
      return "";
    }
    return "";
  }
}
