package dev.quayside.ui.guard;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Knows how long the FX thread and the thread that draws for it worked, and how long they were
 * ready but got no processor, as the kernel counts it; and how long no thread of the process ran,
 * because memory was collected or the whole machine was held. A busy machine must not look like a
 * stall of ours, nor a slow one that builds a window for the first time.
 */
final class ProcessorTimes implements AutoCloseable {

  private static final Duration KEPT = Duration.ofMinutes(2);
  private static final long PERIOD_MILLIS = 50;
  private static final int TOP = 8;
  private static final List<String> TOOLKIT = List.of("com.sun.glass.", "com.sun.javafx.tk.");
  private static final List<String> THREADS = List.of("JavaFX Applicat", "QuantumRenderer");

  private final Deque<Sample> samples = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  ProcessorTimes() {
    Thread.ofPlatform().daemon().name("processor-times").start(this::sample);
  }

  private void sample() {
    try {
      List<Path> files = files();
      Thread fx = fx();
      long stood = 0;
      long held = 0;
      long before = System.nanoTime();
      while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        long lost = heldOf(now - before);
        held += lost;
        if (stands(fx)) {
          stood += now - before - lost;
        }
        add(sampled(files, held, stood));
        before = now;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns what of the nanoseconds between two looks the process was held: who looks came late
   * itself. What the FX thread did meanwhile nobody saw, so it is not said to have stood.
   */
  static long heldOf(long between) {
    return Math.max(0, between - TimeUnit.MILLISECONDS.toNanos(2 * PERIOD_MILLIS));
  }

  private synchronized void add(Sample sample) {
    samples.addLast(sample);
    while (sample.at() - samples.getFirst().at() > KEPT.toNanos()) {
      samples.removeFirst();
    }
  }

  /** Returns what they did in the {@code length} that ends now. */
  synchronized Share during(Duration length) {
    if (samples.isEmpty()) {
      return new Share(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
    long begun = System.nanoTime() - length.toNanos();
    Sample before = samples.getFirst();
    for (Sample sample : samples) {
      if (sample.at() <= begun) {
        before = sample;
      }
    }
    Sample last = samples.getLast();
    return new Share(
        Duration.ofNanos(last.worked() - before.worked()),
        Duration.ofNanos(last.waited() - before.waited()),
        Duration.ofNanos(last.held() - before.held()),
        Duration.ofNanos(last.stood() - before.stood()));
  }

  private static Thread fx() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(one -> one.getName().equals("JavaFX Application Thread"))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns whether the FX thread waits for something that does not belong there. The toolkit's own
   * loop waits for events, and its scene for the thread that draws, which the display may keep.
   */
  private static boolean stands(Thread fx) {
    StackTraceElement[] stack = fx.getStackTrace();
    boolean waits =
        switch (fx.getState()) {
          case BLOCKED, WAITING, TIMED_WAITING -> true;
          case RUNNABLE -> stack.length > 0 && stack[0].isNativeMethod();
          case NEW, TERMINATED -> false;
        };
    return waits
        && Arrays.stream(stack)
            .limit(TOP)
            .noneMatch(frame -> TOOLKIT.stream().anyMatch(frame.getClassName()::startsWith));
  }

  private static Sample sampled(List<Path> files, long held, long stood) {
    long worked = 0;
    long waited = 0;
    for (Path file : files) {
      try {
        String[] counters = Files.readString(file).strip().split(" ");
        worked += Long.parseLong(counters[0]);
        waited += Long.parseLong(counters[1]);
      } catch (IOException | RuntimeException unreadable) {
        // A kernel without these counters: then every stall counts in full.
      }
    }
    return new Sample(System.nanoTime(), worked, waited, held, stood);
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

  /**
   * How long they worked, how long they were ready without a processor, how long nothing of the
   * process ran, and how long the FX thread waited for something that does not belong there.
   */
  record Share(Duration worked, Duration waited, Duration held, Duration stood) {}

  private record Sample(long at, long worked, long waited, long held, long stood) {}
}
