package dev.quayside.bench.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bench.AppImage;
import dev.quayside.bench.BenchContainers;
import dev.quayside.bench.Figures;
import dev.quayside.common.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures what watching containers costs, beside {@code docker stats} in the same run on the same
 * machine. Started by {@code ./check --full sampling}; the figures land in its evidence. System
 * properties: {@code quayside.sampling.containers} (default {@code 10,50,200}) and {@code
 * quayside.sampling.seconds} (default 60).
 *
 * <p>One client runs through all of it, so that it is as warm as a panel that is left open. What is
 * subtracted is the mean of two looks at the idle machine, before and after: the engine that nobody
 * watches, and our own virtual machine with everything closed. {@code docker stats} has the idle
 * engine subtracted. Ratios with the idle virtual machine counted are given beside.
 *
 * <p>A shim at rest collects its garbage once in two minutes, all those started together at once,
 * and that burst is larger than what sampling costs. So each shim counts with its median slice of
 * the window, on both sides.
 */
@Tag("full")
@Tag("full-sampling")
class SamplingFamilyTest {

  private static final Duration SETTLE = Duration.ofSeconds(4);
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration WARM_UP_AGAIN = Duration.ofSeconds(15);
  private static final int LARGE = 100;
  private static final int SLICES = 5;

  private final Bed bed = Bed.required();
  private final Path folder = Path.of(bed.environment().get("QUAYSIDE_BED_DIR"));
  private final int seconds = Integer.getInteger("quayside.sampling.seconds", 60);
  private final Figures figures = new Figures("sampling");

  @Test
  void samplingIsMeasuredBesideDockerStats() throws Exception {
    AppImage image = AppImage.find();
    figures.text("started as", image.packaged() ? "app image" : "classes");
    figures.json("seconds", String.valueOf(seconds));
    List<String> command = image.command(SamplingClient.class, List.of(bed.socket().toString()));
    try (BenchContainers containers = new BenchContainers(bed);
        ChildProcess client =
            ChildProcess.start(ChildProcess.Command.of(command, bed.environment()))) {
      BufferedReader told =
          new BufferedReader(new InputStreamReader(client.output(), StandardCharsets.US_ASCII));
      // Loads and compiles what starting and stopping needs.
      say(client, told, "VISIBLE");
      BenchContainers.pause(WARM_UP);
      int running = 0;
      for (int count : counts()) {
        say(client, told, "NONE");
        containers.start(running, count, 0);
        running = count;
        round(count, client, told);
      }
    }
  }

  private void round(int count, ChildProcess client, BufferedReader told) throws Exception {
    String title = count + " containers, ";
    long pid = client.identity().pid();
    // The shims' own idle use and its noise grow with their number.
    int look = count >= LARGE ? Math.max(1, seconds / 2) : Math.max(1, seconds / 4);
    BenchContainers.pause(SETTLE);
    ProcessorTime before = window(pid, look);
    say(client, told, "VISIBLE");
    BenchContainers.pause(WARM_UP_AGAIN);
    ProcessorTime visible = window(pid, seconds);
    ProcessorTime hidden = null;
    if (count >= LARGE) {
      say(client, told, "HIDDEN");
      BenchContainers.pause(SETTLE);
      hidden = window(pid, seconds);
    }
    say(client, told, "NONE");
    ProcessorTime stats = dockerStats();
    BenchContainers.pause(SETTLE);
    ProcessorTime idle = before.plus(window(pid, look)).times((double) seconds / (2 * look));

    figures.json(title + "idle", idle.json());
    note(title + "quayside at 1 s", visible, idle);
    if (hidden != null) {
      ProcessorTime used = note(title + "quayside at 5 s", hidden, idle);
      figures.number(title + "quayside at 5 s, percent of a core", 100 * (used.total()) / seconds);
    }
    ProcessorTime other = note(title + "docker stats", stats, idle.withoutClient());
    ProcessorTime own = visible.beyond(idle);
    figures.number(title + "docker stats / quayside", other.total() / own.total());
    figures.number(
        title + "docker stats / quayside with its idle virtual machine",
        other.total() / visible.beyond(idle.withoutClient()).total());
    figures.load();
  }

  private ProcessorTime note(String what, ProcessorTime used, ProcessorTime idle)
      throws IOException {
    ProcessorTime more = used.beyond(idle);
    figures.json(what, more.json());
    return more;
  }

  private static List<Integer> counts() {
    return Arrays.stream(System.getProperty("quayside.sampling.containers", "10,50,200").split(","))
        .map(Integer::parseInt)
        .toList();
  }

  private static void say(ChildProcess client, BufferedReader told, String word)
      throws IOException {
    client.input().write((word + "\n").getBytes(StandardCharsets.US_ASCII));
    client.input().flush();
    assertThat(told.readLine()).as("the client's answer").isEqualTo(word);
  }

  private ProcessorTime dockerStats() throws Exception {
    try (ChildProcess client =
        ChildProcess.start(
            ChildProcess.Command.of(List.of("docker", "stats"), bed.environment()))) {
      Thread reader = Thread.ofPlatform().daemon().start(() -> drain(client));
      BenchContainers.pause(SETTLE);
      assertThat(client.alive()).as("docker stats runs").isTrue();
      ProcessorTime used = window(client.identity().pid(), seconds);
      client.close();
      reader.join(Duration.ofSeconds(5));
      return used;
    }
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

  private ProcessorTime window(long client, int length) throws IOException {
    ProcessorTime before = ProcessorTime.now(folder, client);
    List<Map<Long, Double>> looks = new ArrayList<>();
    looks.add(ProcessorTime.shims(folder));
    for (int slice = 0; slice < SLICES; slice++) {
      BenchContainers.pause(Duration.ofSeconds(length).dividedBy(SLICES));
      looks.add(ProcessorTime.shims(folder));
    }
    ProcessorTime used = ProcessorTime.now(folder, client).since(before);
    return used.withShims(steady(looks));
  }

  /** Adds up over all shims what each uses in its median slice. */
  private static double steady(List<Map<Long, Double>> looks) {
    double sum = 0;
    for (Long shim : looks.getFirst().keySet()) {
      List<Double> slices = new ArrayList<>();
      for (int slice = 1; slice < looks.size(); slice++) {
        Double before = looks.get(slice - 1).get(shim);
        Double after = looks.get(slice).get(shim);
        if (before != null && after != null) {
          slices.add(after - before);
        }
      }
      sum += slices.isEmpty() ? 0 : Figures.median(slices) * SLICES;
    }
    return sum;
  }
}
