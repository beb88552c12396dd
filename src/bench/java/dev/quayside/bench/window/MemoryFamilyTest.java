package dev.quayside.bench.window;

import dev.quayside.bed.Bed;
import dev.quayside.bench.AppImage;
import dev.quayside.bench.BenchContainers;
import dev.quayside.bench.Figures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures the resident memory of the application after it has shown containers for a while, a
 * tenth of them changing. Started by {@code ./check --full memory}; it asserts no figure. System
 * properties: {@code quayside.memory.containers} (default {@code 50,200}) and {@code
 * quayside.memory.seconds} (600).
 */
@Tag("full")
@Tag("full-memory")
class MemoryFamilyTest {

  private static final int ONE_OF = 10;

  private final Bed bed = Bed.required();
  private final int seconds = Integer.getInteger("quayside.memory.seconds", 600);
  private final Figures figures = new Figures("memory");

  @Test
  void residentMemoryIsReadAfterTenMinutes() throws Exception {
    figures.text("started as", AppImage.find().packaged() ? "app image" : "classes");
    figures.json("seconds", String.valueOf(seconds));
    try (BenchContainers containers = new BenchContainers(bed)) {
      int running = 0;
      for (int count : counts()) {
        containers.start(running, count, ONE_OF);
        running = count;
        try (AppProcess app = AppProcess.open(bed, count)) {
          BenchContainers.pause(Duration.ofSeconds(seconds / 2));
          double half = app.megabytes("VmRSS");
          BenchContainers.pause(Duration.ofSeconds(seconds - seconds / 2));
          figures.json(count + " containers, MB", json(app, half));
        }
      }
    }
  }

  private static String json(AppProcess app, double half) throws Exception {
    return String.format(
        Locale.ROOT,
        "{\"resident\": %.0f, \"resident at half time\": %.0f, \"highest\": %.0f, \"of it own"
            + " memory\": %.0f, \"of it mapped files\": %.0f}",
        app.megabytes("VmRSS"),
        half,
        app.megabytes("VmHWM"),
        app.megabytes("RssAnon"),
        app.megabytes("RssFile"));
  }

  private static List<Integer> counts() {
    return Arrays.stream(System.getProperty("quayside.memory.containers", "50,200").split(",", -1))
        .map(Integer::parseInt)
        .toList();
  }
}
