package dev.quayside.bench.window;

import dev.quayside.bed.Bed;
import dev.quayside.bench.AppImage;
import dev.quayside.bench.BenchContainers;
import dev.quayside.bench.Figures;
import dev.quayside.bench.sampling.ProcessorTime;
import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures what the whole application costs with its window open, beside {@code docker stats} on
 * the same containers in the same run: processor time of client, dockerd, containerd and shims
 * beyond what they use with nobody watching. Started by {@code ./check --full window}; it asserts
 * no figure. System properties: {@code quayside.window.containers} (default 200), {@code
 * quayside.window.seconds} (60) and {@code quayside.window.warmup} (75: the sparklines hold a
 * minute and grow until then).
 */
@Tag("full")
@Tag("full-window")
class WindowFamilyTest {

  private static final int ONE_OF = 10;
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private final Bed bed = Bed.required();
  private final Path folder = Path.of(bed.environment().get("QUAYSIDE_BED_DIR"));
  private final int count = Integer.getInteger("quayside.window.containers", 200);
  private final int seconds = Integer.getInteger("quayside.window.seconds", 60);
  private final Duration warmUp =
      Duration.ofSeconds(Integer.getInteger("quayside.window.warmup", 75));
  private final Figures figures = new Figures("window");
  private ProcessorTime idle = new ProcessorTime(0, 0, 0, 0);

  @Test
  void theWholeWindowIsMeasuredBesideDockerStats() throws Exception {
    figures.json("containers", String.valueOf(count));
    figures.json("seconds", String.valueOf(seconds));
    figures.text("started as", AppImage.find().packaged() ? "app image" : "classes");
    try (BenchContainers containers = new BenchContainers(bed)) {
      containers.start(0, count, ONE_OF);
      BenchContainers.pause(SETTLE);
      idle = window(0);
      figures.json("idle", idle.json());
      round("a tenth changes", true);
      containers.wakeAll();
      BenchContainers.pause(SETTLE);
      round("all change", false);
    }
  }

  private void round(String rows, boolean minimised) throws Exception {
    ProcessorTime overview;
    ProcessorTime services;
    try (AppProcess app = AppProcess.open(bed, count)) {
      BenchContainers.pause(warmUp);
      overview = note(rows + ", overview", app.pid());
      app.expect("page services", "page services focused");
      BenchContainers.pause(SETTLE);
      services = note(rows + ", services", app.pid());
      if (minimised) {
        app.expect("page overview", "page overview focused");
        app.expect("minimise", "minimised true");
        BenchContainers.pause(SETTLE);
        ProcessorTime hidden = note(rows + ", minimised", app.pid());
        figures.number("minimised, percent of a core", 100 * hidden.total() / seconds);
      }
    }
    ProcessorTime stats = dockerStats(rows);
    figures.number(rows + ", docker stats / overview", stats.total() / overview.total());
    figures.number(rows + ", docker stats / services", stats.total() / services.total());
    figures.load();
  }

  private ProcessorTime note(String what, long client) throws IOException {
    ProcessorTime used = window(client).beyond(idle);
    figures.json(what, used.json());
    return used;
  }

  private ProcessorTime dockerStats(String rows) throws Exception {
    try (ChildProcess client =
        ChildProcess.start(
            ChildProcess.Command.of(List.of("docker", "stats"), bed.environment()))) {
      Thread reader = Thread.ofPlatform().daemon().start(() -> drain(client));
      BenchContainers.pause(warmUp.dividedBy(2));
      ProcessorTime used = note(rows + ", docker stats", client.identity().pid());
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

  private ProcessorTime window(long client) throws IOException {
    ProcessorTime before = ProcessorTime.now(folder, client);
    BenchContainers.pause(Duration.ofSeconds(seconds));
    return ProcessorTime.now(folder, client).since(before);
  }
}
