package dev.quayside.bench.window;

import dev.quayside.bed.Bed;
import dev.quayside.bench.AppImage;
import dev.quayside.bench.BenchContainers;
import dev.quayside.common.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Is the application in a process of its own, with its window on the display of the tests. */
final class AppProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ChildProcess process;
  private final Path home;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private AppProcess(ChildProcess process, Path home) {
    this.process = process;
    this.home = home;
    Thread.ofPlatform().daemon().name("bench-answers").start(this::read);
  }

  /** Adds what {@code ./quayside} and the desktop entry set for the window. */
  private static Map<String, String> asStarted(Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("GDK_GL", "disable");
    return all;
  }

  /**
   * Starts it on the engine of {@code bed} and waits until its first page has {@code rows} rows.
   */
  static AppProcess open(Bed bed, int rows) throws Exception {
    Path home = Files.createTempDirectory("quayside-bench-home");
    AppProcess app =
        new AppProcess(
            ChildProcess.start(
                ChildProcess.Command.of(
                    AppImage.find().command(AppDriver.class, List.of("--home", home.toString())),
                    asStarted(bed.environment()))),
            home);
    try {
      app.awaitRows(rows);
      return app;
    } catch (Exception | AssertionError failure) {
      app.close();
      throw failure;
    }
  }

  private void awaitRows(int rows) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String wanted = "rows " + rows + " focused";
    for (String last = ""; !last.equals(wanted); last = ask("rows")) {
      if (System.nanoTime() > end || !process.alive()) {
        throw new IllegalStateException(
            "the window shows '" + last + "', not '" + wanted + "': " + process.errors().text());
      }
      BenchContainers.pause(Duration.ofMillis(300));
    }
  }

  /** Says {@code command} and returns the answer, without the sign before it. */
  String ask(String command) throws IOException, InterruptedException {
    process.input().write((command + "\n").getBytes(StandardCharsets.UTF_8));
    process.input().flush();
    return next(PATIENCE);
  }

  /** Says {@code command} and fails if the answer is another than {@code expected}. */
  void expect(String command, String expected) throws IOException, InterruptedException {
    String answer = ask(command);
    if (!answer.equals(expected)) {
      throw new IllegalStateException(command + ": " + answer);
    }
  }

  /** Returns the next thing it says. */
  String next(Duration patience) throws InterruptedException {
    String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new IllegalStateException("the window says nothing: " + process.errors().text());
    }
    return answer;
  }

  long pid() {
    return process.identity().pid();
  }

  /**
   * Returns a line of its {@code /proc} status in MB: {@code VmRSS}, {@code VmHWM}, {@code
   * RssAnon}.
   */
  double megabytes(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
        .findFirst()
        .orElseThrow();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("@")) {
          answers.add(line.substring(1));
        }
      }
    } catch (IOException closed) {
      answers.add("closed");
    }
  }

  @Override
  public void close() {
    process.close();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
