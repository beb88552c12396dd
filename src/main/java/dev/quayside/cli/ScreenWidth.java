package dev.quayside.cli;

import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Finds how wide the terminal is that standard output goes to: by the variable {@code COLUMNS}, or
 * by asking the terminal with {@code stty}, which is part of every Debian.
 */
final class ScreenWidth {

  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final int LONGEST = 256;

  private final Path output;
  private final Map<String, String> environment;

  /**
   * Creates one.
   *
   * @param output what standard output is a link to, for example {@code /proc/self/fd/1}
   * @param environment of the process
   */
  ScreenWidth(Path output, Map<String, String> environment) {
    this.output = output;
    this.environment = Map.copyOf(environment);
  }

  /** Returns the characters of a line; empty if it is unknown or the output is no terminal. */
  OptionalInt columns() {
    try {
      Path device = Files.readSymbolicLink(output);
      if (!isTerminal(device)) {
        return OptionalInt.empty();
      }
      OptionalInt told = number(environment.getOrDefault("COLUMNS", ""));
      return told.isPresent() ? told : asked(device);
    } catch (IOException | UnsupportedOperationException e) {
      // A file, a pipe, or a system without /proc.
      return OptionalInt.empty();
    }
  }

  private static boolean isTerminal(Path device) {
    return device.startsWith("/dev/pts")
        || device.toString().startsWith("/dev/tty")
        || device.toString().equals("/dev/console");
  }

  private OptionalInt asked(Path device) throws IOException {
    try {
      ChildProcess.Result result =
          ChildProcess.run(
              ChildProcess.Command.of(
                  List.of("stty", "-F", device.toString(), "size"), environment),
              null,
              ANSWER,
              LONGEST);
      String[] size = result.output().text().strip().split(" ", -1);
      return result.succeeded() && size.length == 2 ? number(size[1]) : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** A width of 0 is what a terminal says that does not know it. */
  private static OptionalInt number(String text) {
    return text.matches("[1-9][0-9]{0,4}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
