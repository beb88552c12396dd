package dev.quayside.backup;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one operation in a process of its own, which halts at the step that a system property names.
 */
public final class KillAtStep {

  /** What such a process says once it is up, before it does anything. */
  static final String BEGUN = "begun";

  private KillAtStep() {}

  /**
   * Takes {@code create FOLDER} or {@code restore FOLDER ARCHIVE TARGET}; ends with 0 if done, 4
   * for attention, else 1.
   */
  public static void main(String[] arguments) throws Exception {
    Workbench bench = new Workbench(Path.of(arguments[1]));
    System.err.println(BEGUN);
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
          case "copy" ->
              bench
                  .copy(StepBoundary.ofProcess())
                  .run(bench.only(), Path.of(arguments[2]), watch(arguments));
          case "remove" -> bench.removal(StepBoundary.ofProcess()).run(bench.own());
          case "create-unplugged" ->
              bench.creation(unplugging(arguments)).run(bench.request(), Progress.none());
          case "copy-unplugged" ->
              bench
                  .copy(unplugging(arguments))
                  .run(bench.only(), Path.of(arguments[2]), Progress.none());
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.err.println(outcome);
    System.exit(outcome instanceof Outcome.Done ? 0 : outcome instanceof Outcome.Attention ? 4 : 1);
  }

  /** Takes the disk at {@code arguments[2]} away at the step {@code arguments[3]}. */
  private static StepBoundary unplugging(String[] arguments) {
    return step -> {
      if (step.equals(arguments[3])) {
        try {
          new ProcessBuilder("umount", "-l", arguments[2]).start().waitFor();
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  /** Fills the disk as soon as bytes come, if {@code arguments[3]} says so. */
  private static Progress watch(String[] arguments) {
    if (arguments.length < 4) {
      return Progress.none();
    }
    Path filler = Path.of(arguments[2]).resolve("filler");
    return new Progress() {
      private boolean full;

      @Override
      public void step(int number, int total, String text) {}

      @Override
      public void line(String text) {}

      @Override
      public void bytes(long done, long total) {
        if (!full) {
          full = true;
          try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
              out.write(new byte[1 << 16]);
            }
          } catch (IOException expected) {
            // The disk is full now.
          }
        }
      }

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }

  /** Starts such a process and returns its exit status. */
  static int fork(Path log, List<String> prefix, String step, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(log, prefix, step, arguments);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("it hangs: " + List.of(arguments));
    }
    return process.exitValue();
  }

  /** Starts such a process. */
  static Process start(Path log, List<String> prefix, String step, String... arguments)
      throws IOException {
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
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
