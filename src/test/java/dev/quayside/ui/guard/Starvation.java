package dev.quayside.ui.guard;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Knows how long the FX thread and the thread that draws for it were ready but got no processor, as
 * the kernel counts it. A busy machine must not look like a stall of ours.
 */
final class Starvation implements AutoCloseable {

  private static final Duration KEPT = Duration.ofMinutes(2);
  private static final long PERIOD_MILLIS = 50;
  private static final List<String> THREADS = List.of("JavaFX Applicat", "QuantumRenderer");

  private final Deque<Sample> samples = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  Starvation() {
    Thread.ofPlatform().daemon().name("starvation").start(this::sample);
  }

  private void sample() {
    try {
      List<Path> files = files();
      while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        add(new Sample(System.nanoTime(), waited(files)));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(Sample sample) {
    samples.addLast(sample);
    while (sample.at() - samples.getFirst().at() > KEPT.toNanos()) {
      samples.removeFirst();
    }
  }

  /** Returns how long they waited for a processor during the {@code length} that ends now. */
  synchronized Duration during(Duration length) {
    if (samples.isEmpty()) {
      return Duration.ZERO;
    }
    long begun = System.nanoTime() - length.toNanos();
    Sample before = samples.getFirst();
    for (Sample sample : samples) {
      if (sample.at() <= begun) {
        before = sample;
      }
    }
    return Duration.ofNanos(samples.getLast().waited() - before.waited());
  }

  private static long waited(List<Path> files) {
    long sum = 0;
    for (Path file : files) {
      try {
        sum += Long.parseLong(Files.readString(file).strip().split(" ")[1]);
      } catch (IOException | RuntimeException unreadable) {
        // A kernel without these counters: then every stall counts in full.
      }
    }
    return sum;
  }

  private static List<Path> files() {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        String name = Files.readString(task.resolve("comm")).strip();
        if (THREADS.stream().anyMatch(name::startsWith)) {
          found.add(task.resolve("schedstat"));
        }
      }
    } catch (IOException unreadable) {
      // As above.
    }
    return found;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private record Sample(long at, long waited) {}
}
