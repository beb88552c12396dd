package dev.quayside.backup;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one operation in a process of its own, which halts at the step that a system property names.
 */
public final class KillAtStep {

  private KillAtStep() {}

  /**
   * Takes {@code create FOLDER} or {@code restore FOLDER ARCHIVE TARGET}; ends with 0 if done, 4
   * for attention, else 1.
   */
  public static void main(String[] arguments) throws Exception {
    Workbench bench = new Workbench(Path.of(arguments[1]));
    Outcome<?> outcome =
        switch (arguments[0]) {
          case "create" ->
              bench.creation(StepBoundary.ofProcess()).run(bench.request(), Progress.none());
          case "restore" ->
              bench
                  .restore(StepBoundary.ofProcess())
                  .run(
                      new RestoreRequest(
                          Path.of(arguments[2]), Workbench.unlocking(), Path.of(arguments[3])),
                      Progress.none());
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.err.println(outcome);
    System.exit(outcome instanceof Outcome.Done ? 0 : outcome instanceof Outcome.Attention ? 4 : 1);
  }

  /** Starts such a process and returns its exit status. */
  static int fork(Path log, List<String> prefix, String step, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-D" + StepBoundary.HALT_PROPERTY + "=" + step,
            "-cp",
            System.getProperty("java.class.path"),
            KillAtStep.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("it hangs: " + command);
    }
    return process.exitValue();
  }
}
