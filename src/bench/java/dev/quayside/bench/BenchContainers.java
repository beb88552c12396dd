package dev.quayside.bench;

import dev.quayside.bed.Bed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs many small containers on the bed's engine: some whose processor use changes all the time,
 * and the rest at rest until they are woken.
 */
public final class BenchContainers implements AutoCloseable {

  private static final String PREFIX = "bench-";
  private static final int AT_ONCE = 4;
  private static final int REMOVED_AT_ONCE = 50;

  // A few milliseconds of work a second, never the same: the figure on screen changes each second,
  // and 200 of them leave a small machine idle for the most part.
  private static final String WORK =
      "while :; do i=0; n=$((RANDOM % 600)); while [ $i -lt $n ]; do i=$((i+1)); done;"
          + " sleep 0.9; done";
  private static final String WAIT = "read word < /bench/go; ";

  private final Bed bed;
  private final Path folder;

  /** Creates none yet. */
  public BenchContainers(Bed bed) throws IOException, InterruptedException {
    this.bed = bed;
    this.folder = Files.createTempDirectory("quayside-bench");
    Process pipe = new ProcessBuilder("mkfifo", folder.resolve("go").toString()).start();
    if (pipe.waitFor() != 0) {
      throw new IOException("mkfifo ended with " + pipe.exitValue());
    }
  }

  /** Returns the name of the container with this number; names sort as numbers do. */
  public static String name(int number) {
    return "%s%03d".formatted(PREFIX, number);
  }

  /**
   * Starts the containers {@code from} to {@code to}, the last not included.
   *
   * @param every one of so many works from the start; 0 for none
   */
  public void start(int from, int to, int every) throws Exception {
    if (count("-aq") != from) {
      throw new IllegalStateException(
          count("-aq") + " containers are there before the first: another run on this engine?");
    }
    List<Future<?>> lanes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int lane = 0; lane < AT_ONCE; lane++) {
        int first = lane;
        lanes.add(
            threads.submit(() ->
                IntStream.range(from, to)
                    .filter(number -> number % AT_ONCE == first)
                    .forEach(number -> run(number, every > 0 && number % every == 0))));
      }
    }
    for (Future<?> lane : lanes) {
      lane.get();
    }
    if (count("-q") != to) {
      throw new IllegalStateException("of " + to + " containers " + count("-q") + " run");
    }
  }

  private long count(String which) throws IOException, InterruptedException {
    return bed.docker("ps", which, "--filter", "name=" + PREFIX).lines().count();
  }

  private void run(int number, boolean works) {
    try {
      bed.docker(
          "run",
          "-d",
          "--name",
          name(number),
          "--stop-signal",
          "KILL",
          "-v",
          folder + ":/bench:ro",
          "--entrypoint",
          "/bin/sh",
          "quayside-bed/plain:1",
          "-c",
          works ? WORK : WAIT + WORK);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets those that rest work from now on. */
  public void wakeAll() throws IOException {
    // All that wait for a writer of the pipe go on once there is one.
    try (var writer = Files.newOutputStream(folder.resolve("go"))) {
      writer.write('\n');
      writer.flush();
      pause(Duration.ofSeconds(1));
    }
  }

  /** Measuring is waiting: lets time pass while what is measured goes on. */
  public static void pause(Duration duration) {
    try {
      boolean _ =
          new CountDownLatch(1)
              .await(duration.toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Removes them all. */
  @Override
  public void close() throws Exception {
    List<String> ids = bed.docker("ps", "-aq", "--filter", "name=" + PREFIX).lines().toList();
    for (int from = 0; from < ids.size(); from += REMOVED_AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + REMOVED_AT_ONCE));
      bed.docker(Stream.concat(Stream.of("rm", "-f", "-v"), some.stream()).toArray(String[]::new));
    }
    Files.deleteIfExists(folder.resolve("go"));
    Files.deleteIfExists(folder);
  }
}
