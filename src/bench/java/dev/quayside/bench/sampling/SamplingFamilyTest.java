package dev.quayside.bench.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Measures what watching containers costs, beside {@code docker stats} in the same run on the same
 * machine. Started by {@code ./check --full sampling}; the figures land in its evidence. System
 * properties: {@code quayside.sampling.containers} (default {@code 10,50,200}) and {@code
 * quayside.sampling.seconds} (default 60).
 */
@Tag("full")
@Tag("full-sampling")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SamplingFamilyTest {

  private static final String PREFIX = "sampling-";
  private static final int LEAST_RATIO = 25;
  private static final int WARM_UP_SECONDS = 20;
  private static final int AT_ONCE = 4;
  private static final Path FIGURES =
      Path.of(System.getProperty("quayside.repository", "."), "target/full/sampling.json");

  private final Bed bed = Bed.required();
  private final Path folder = Path.of(bed.environment().get("QUAYSIDE_BED_DIR"));
  private final int seconds = Integer.getInteger("quayside.sampling.seconds", 60);

  @AfterEach
  void removeTheContainers() throws Exception {
    List<String> names = bed.docker("ps", "-aq", "--filter", "name=" + PREFIX).lines().toList();
    for (int from = 0; from < names.size(); from += 50) {
      List<String> some = names.subList(from, Math.min(names.size(), from + 50));
      bed.docker(Stream.concat(Stream.of("rm", "-f"), some.stream()).toArray(String[]::new));
    }
  }

  @Test
  @Order(1)
  void samplingCostsATwentyFifthOfDockerStats() throws Exception {
    List<String> runs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    int running = 0;
    for (int count : counts()) {
      start(running, count);
      running = count;
      settle(Duration.ofSeconds(5));
      ProcessorTime idle = measure(List.of());
      ProcessorTime ours = measure(client("VISIBLE")).beyond(idle);
      ProcessorTime hidden = measure(client("HIDDEN")).beyond(idle);
      ProcessorTime stats = measure(List.of("docker", "stats")).beyond(idle);
      double ratio = stats.total() / Math.max(ours.total(), 1e-3);
      ratios.add(ratio);
      runs.add(run(count, idle, ours, hidden, stats, ratio));
      write(runs, "");
    }
    assertThat(ratios)
        .as("docker stats ÷ sampling at %s containers", counts())
        .allMatch(ratio -> ratio >= LEAST_RATIO);
  }

  @Test
  @Order(2)
  void aChangeIsInTheModelWithinTwentyMilliseconds() throws Exception {
    start(0, 25);
    EventLatency latency = EventLatency.measure(bed, names(25));
    String before = Files.exists(FIGURES) ? Files.readString(FIGURES) : "{}";
    Files.createDirectories(FIGURES.getParent());
    Files.writeString(FIGURES, joined(before, "\"event stamp to model, ms\": " + latency.json()));
    assertThat(latency.p95()).isLessThanOrEqualTo(20.0);
  }

  private List<Integer> counts() {
    return Arrays.stream(System.getProperty("quayside.sampling.containers", "10,50,200").split(","))
        .map(Integer::parseInt)
        .toList();
  }

  private void start(int from, int to) throws Exception {
    List<Thread> starting = new ArrayList<>();
    for (int lane = 0; lane < AT_ONCE; lane++) {
      int first = lane;
      starting.add(
          Thread.ofVirtual()
              .start(() ->
                  IntStream.range(from, to)
                      .filter(i -> i % AT_ONCE == first)
                      .forEach(this::runOne)));
    }
    for (Thread thread : starting) {
      thread.join();
    }
    assertThat(bed.docker("ps", "-q", "--filter", "name=" + PREFIX).lines()).hasSize(to);
  }

  private void runOne(int number) {
    try {
      bed.docker("run", "-d", "--name", PREFIX + number, "quayside-bed/plain:1");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> PREFIX + i).toList();
  }

  // The flags are those of the packaged application (docs/decisions), so that the figures are its
  // own.
  private List<String> client(String pace) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx96m",
        "-Xms16m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        SamplingClient.class.getName(),
        bed.socket().toString(),
        pace);
  }

  private ProcessorTime measure(List<String> command) throws Exception {
    if (command.isEmpty()) {
      return window(0);
    }
    try (ChildProcess client =
        ChildProcess.start(ChildProcess.Command.of(command, environment()))) {
      Thread reader = Thread.ofPlatform().daemon().start(() -> drain(client));
      settle(Duration.ofSeconds(WARM_UP_SECONDS));
      assertThat(client.alive()).as(String.join(" ", command)).isTrue();
      ProcessorTime used = window(client.identity().pid());
      client.close();
      reader.join(Duration.ofSeconds(5));
      return used;
    }
  }

  // The reader logs its start at a level nobody reads; the environment is the bed's.
  private Map<String, String> environment() {
    return bed.environment();
  }

  private static void drain(ChildProcess client) {
    byte[] buffer = new byte[65536];
    try {
      while (client.output().read(buffer) >= 0) {
        // Printed to nobody.
        continue;
      }
    } catch (IOException closed) {
      return;
    }
  }

  private ProcessorTime window(long client) throws Exception {
    ProcessorTime before = ProcessorTime.now(folder, client);
    settle(Duration.ofSeconds(seconds));
    return ProcessorTime.now(folder, client).since(before);
  }

  private static void settle(Duration duration) throws InterruptedException {
    // Measuring is waiting: nothing else is being waited for.
    Thread.sleep(duration);
  }

  private String run(
      int count,
      ProcessorTime idle,
      ProcessorTime ours,
      ProcessorTime hidden,
      ProcessorTime stats,
      double ratio)
      throws IOException {
    return String.format(
        Locale.ROOT,
        "{\"containers\": %d, \"seconds\": %d, \"idle\": %s, \"quayside at 1 s\": %s, \"quayside at"
            + " 5 s\": %s, \"docker stats\": %s, \"ratio\": %.1f, \"load average\": \"%s\"}",
        count,
        seconds,
        idle.json(),
        ours.json(),
        hidden.json(),
        stats.json(),
        ratio,
        Files.readString(Path.of("/proc/loadavg")).strip());
  }

  private static void write(List<String> runs, String more) throws IOException {
    Files.createDirectories(FIGURES.getParent());
    Files.writeString(
        FIGURES,
        "{\"at\": \""
            + Instant.now()
            + "\", \"processor seconds beyond idle\": ["
            + String.join(", ", runs)
            + "]"
            + more
            + "}\n");
  }

  private static String joined(String object, String entry) {
    String open = object.strip();
    return open.substring(0, open.length() - 1) + (open.length() > 2 ? ", " : "") + entry + "}\n";
  }
}
