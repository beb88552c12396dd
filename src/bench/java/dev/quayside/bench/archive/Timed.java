package dev.quayside.bench.archive;

import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a command line of bash to its end and tells what it took, its children included.
 *
 * @param wall seconds from start to end
 * @param processor seconds of user and system time
 * @param output what it printed
 */
record Timed(double wall, double processor, String output) {

  private static final Duration PATIENCE = Duration.ofMinutes(40);
  private static final int MOST_OUTPUT = 1 << 16;
  private static final String MARK = "took ";

  /** Runs {@code script} with what {@code arguments} hold as $1, $2 … */
  static Timed of(Path folder, String script, List<String> arguments)
      throws IOException, InterruptedException {
    String timing = "set -o pipefail; TIMEFORMAT='" + MARK + "%R %U %S'; time { " + script + "; }";
    List<String> command =
        new java.util.ArrayList<>(List.of("nice", "-n", "0", "bash", "-c", timing, "bench"));
    command.addAll(arguments);
    ChildProcess.Result result =
        ChildProcess.run(
            ChildProcess.Command.of(
                command,
                Map.of(
                    "PATH", "/usr/bin:/bin",
                    "LC_ALL", "C.UTF-8",
                    "HOME", folder.toString(),
                    "GNUPGHOME", folder.resolve("gnupg").toString(),
                    "BORG_PASSPHRASE", "bench",
                    "RESTIC_PASSWORD", "bench")),
            null,
            PATIENCE,
            MOST_OUTPUT);
    String errors = result.errors().text();
    if (!result.succeeded()) {
      throw new IOException(script + " ended with " + result.exitCode() + ": " + errors);
    }
    String[] took =
        errors.substring(errors.lastIndexOf(MARK) + MARK.length()).strip().split(" ", -1);
    return new Timed(
        Double.parseDouble(took[0]),
        Double.parseDouble(took[1]) + Double.parseDouble(took[2]),
        result.output().text().strip());
  }

  /** Returns both times as a JSON object. */
  String json() {
    return String.format(
        Locale.ROOT, "{\"wall, s\": %.2f, \"processor, s\": %.2f}", wall, processor);
  }
}
