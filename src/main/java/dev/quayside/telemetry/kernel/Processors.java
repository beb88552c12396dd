package dev.quayside.telemetry.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts the machine's processors. */
public final class Processors {

  private static final String EACH = "cpu[0-9]+ .*";

  private Processors() {}

  /**
   * Returns how many logical processors are online, below {@code root} (which is {@code /} but in
   * tests). Java tells only how many this process may use, which a limit of its own makes fewer.
   */
  public static int online(Path root) {
    try (BufferedReader lines =
        Files.newBufferedReader(root.resolve("proc/stat"), StandardCharsets.ISO_8859_1)) {
      int count = (int) lines.lines().filter(line -> line.matches(EACH)).count();
      return count > 0 ? count : Runtime.getRuntime().availableProcessors();
    } catch (IOException noProc) {
      return Runtime.getRuntime().availableProcessors();
    }
  }
}
