package dev.quayside.bench.start;

import dev.quayside.bed.Bed;
import dev.quayside.bench.AppImage;
import dev.quayside.bench.BenchContainers;
import dev.quayside.bench.Figures;
import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures a packaged start, from the moment the launcher is executed to the first window filled
 * with the containers of the bed, beside a bare table window on the same runtime image with an AOT
 * cache of its own, started by jpackage's launcher and by a script like ours; the three take turns.
 * Started by {@code ./check --full start}; it asserts no figure. System properties: {@code
 * quayside.start.containers} (default 24), {@code quayside.start.rounds} (10).
 */
@Tag("full")
@Tag("full-start")
class StartFamilyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(1);

  private final Bed bed = Bed.required();
  private final int count = Integer.getInteger("quayside.start.containers", 24);
  private final int rounds = Integer.getInteger("quayside.start.rounds", 10);
  private final Figures figures = new Figures("start");
  private final List<Double> ours = new ArrayList<>();
  private final List<Double> bare = new ArrayList<>();
  private final List<Double> bareByScript = new ArrayList<>();
  private final Map<String, List<Double>> marks = new LinkedHashMap<>();

  @TempDir Path folder;

  @Test
  void theStartIsMeasuredBesideABareWindow() throws Exception {
    BareImage peer =
        BareImage.make(Files.createDirectory(folder.resolve("bare")), bed.environment());
    try (BenchContainers containers = new BenchContainers(bed)) {
      containers.start(0, count, 0);
      // Once each that does not count: both then come from a warm file cache.
      startOurs();
      bare.add(startBare(peer.launcher()));
      bareByScript.add(startBare(peer.script()));
      ours.clear();
      bare.clear();
      bareByScript.clear();
      marks.clear();
      for (int round = 0; round < rounds; round++) {
        BenchContainers.pause(REST);
        startOurs();
        BenchContainers.pause(REST);
        bare.add(startBare(peer.launcher()));
        BenchContainers.pause(REST);
        bareByScript.add(startBare(peer.script()));
        write();
      }
    }
  }

  private void startOurs() throws Exception {
    Path trace = folder.resolve("trace");
    ours.add(
        seconds(
            List.of(
                AppImage.folder().resolve("bin/quayside").toString(),
                "--home",
                folder.resolve("home").toString()),
            "-Dquayside.startup.trace=" + trace + " -Dquayside.startup.exit=true",
            trace));
    for (String line : Files.readAllLines(trace)) {
      int equals = line.indexOf('=');
      marks
          .computeIfAbsent(line.substring(0, equals), name -> new ArrayList<>())
          .add(Long.parseLong(line.substring(equals + 1)) / 1000.0);
    }
  }

  private double startBare(Path program) throws Exception {
    Path trace = folder.resolve("bare-trace");
    return seconds(List.of(program.toString()), "-Dbare.trace=" + trace, trace);
  }

  /** Starts a program and returns after how many seconds it had written {@code trace}. */
  private double seconds(List<String> command, String options, Path trace) throws Exception {
    Files.deleteIfExists(trace);
    Instant begun = Instant.now();
    ChildProcess.Result result =
        ChildProcess.run(
            ChildProcess.Command.of(command, with(bed.environment(), options)),
            null,
            PATIENCE,
            64 * 1024);
    if (!result.succeeded() || !Files.exists(trace)) {
      throw new IllegalStateException(
          String.join(" ", command)
              + " ended with "
              + result.exitCode()
              + ": "
              + result.errors().text());
    }
    Instant filled = Files.getLastModifiedTime(trace).toInstant();
    return Duration.between(begun, filled).toNanos() / 1e9;
  }

  /** Adds {@code options} for the virtual machine, which the launcher's own file cannot take. */
  static Map<String, String> with(Map<String, String> environment, String options) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("JAVA_TOOL_OPTIONS", options);
    // As ./quayside and the desktop entry do for the window; the bare one gets it too.
    all.put("GDK_GL", "disable");
    return all;
  }

  private void write() throws IOException {
    figures.json("containers", String.valueOf(count));
    figures.json("filled, s", list(ours));
    figures.json("bare table, s", list(bare));
    figures.json("bare table by a script, s", list(bareByScript));
    figures.number("filled, median s", Figures.median(ours));
    figures.number("bare table, median s", Figures.median(bare));
    figures.number("bare table by a script, median s", Figures.median(bareByScript));
    figures.number("ratio of the medians", Figures.median(ours) / Figures.median(bare));
    figures.number(
        "ratio to the one by a script", Figures.median(ours) / Figures.median(bareByScript));
    List<String> all = new ArrayList<>();
    marks.forEach((name, values) ->
        all.add(String.format(Locale.ROOT, "\"%s\": %.3f", name, Figures.median(values))));
    figures.json("our marks since the machine began, median s", "{" + String.join(", ", all) + "}");
    figures.load();
  }

  private static String list(List<Double> values) {
    return "["
        + String.join(
            ", ", values.stream().map(value -> String.format(Locale.ROOT, "%.3f", value)).toList())
        + "]";
  }
}
