package dev.quayside.bench.window;

import dev.quayside.bed.Bed;
import dev.quayside.bench.AppImage;
import dev.quayside.bench.BenchContainers;
import dev.quayside.bench.Figures;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineEvent;
import dev.quayside.engine.socket.SocketConnector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures how late the eye is told: from the engine's stamp of a {@code die} event to the frame
 * that shows it, and from {@code docker kill} to that frame beside a client that asks {@code docker
 * ps} each second. Started by {@code ./check --full painted}; it asserts no figure. System
 * properties: {@code quayside.painted.containers} (default 50), {@code quayside.painted.kills}
 * (60).
 */
@Tag("full")
@Tag("full-painted")
class PaintedFamilyTest {

  private static final int ONE_OF = 10;

  // As many rows as a window shows without scrolling.
  private static final int VISIBLE = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private final Bed bed = Bed.required();
  private final int count = Integer.getInteger("quayside.painted.containers", 50);
  private final int kills = Integer.getInteger("quayside.painted.kills", 60);
  private final Random random = new Random(Long.getLong("quayside.seed", 1));
  private final Map<ContainerId, Instant> stamps = new ConcurrentHashMap<>();
  private final List<Double> eventToPainted = new ArrayList<>();
  private final List<Double> killToPainted = new ArrayList<>();
  private final List<Double> killToPolled = new ArrayList<>();
  private final Figures figures = new Figures("painted");

  @Test
  void aKillIsTimedToTheFrameThatShowsIt() throws Exception {
    figures.text("started as", AppImage.find().packaged() ? "app image" : "classes");
    figures.json("containers", String.valueOf(count));
    SocketConnector connector = new SocketConnector(bed.environment());
    try (BenchContainers containers = new BenchContainers(bed)) {
      containers.start(0, count, ONE_OF);
      try (AppProcess app = AppProcess.open(bed, count);
          DockerPsPoller poller = DockerPsPoller.start(bed);
          Engine witness = connector.connect(new Endpoint.Unix(bed.socket()));
          var events = witness.events(this::note, problem -> {})) {
        BenchContainers.pause(WARM_UP);
        for (int kill = 0; kill < kills; kill++) {
          killOne(app, poller, BenchContainers.name(kill % VISIBLE));
        }
      }
    }
    write();
  }

  private void note(EngineEvent event) {
    if (event.kind() == EngineEvent.Kind.DIED) {
      stamps.put(event.container(), event.at());
    }
  }

  private void killOne(AppProcess app, DockerPsPoller poller, String name) throws Exception {
    ContainerId id = new ContainerId(bed.docker("inspect", "-f", "{{.Id}}", name).strip());
    poller.await(name, true, PATIENCE);
    stamps.remove(id);
    app.expect("watch " + name, "watching " + name);
    // Anywhere within the poller's second.
    BenchContainers.pause(Duration.ofMillis(random.nextInt(1000)));
    Instant begun = Instant.now();
    bed.docker("kill", name);
    Instant painted = painted(app.next(PATIENCE), name);
    Instant polled = poller.await(name, false, PATIENCE);
    Bed.await("the engine tells of " + name, PATIENCE, () -> stamps.containsKey(id));
    Instant stamp = stamps.get(id);
    if (stamp == null) {
      throw new IllegalStateException("no stamp of " + name);
    }
    eventToPainted.add(millis(stamp, painted));
    killToPainted.add(millis(begun, painted));
    killToPolled.add(millis(begun, polled));
    app.expect("watch " + name, "watching " + name);
    bed.docker("start", name);
    painted(app.next(PATIENCE), name);
  }

  private static Instant painted(String answer, String name) {
    String[] words = answer.split(" ", -1);
    if (!words[0].equals("painted") || !words[1].equals(name)) {
      throw new IllegalStateException("expected the frame of " + name + ", not: " + answer);
    }
    int point = words[2].indexOf('.');
    return Instant.ofEpochSecond(
        Long.parseLong(words[2].substring(0, point)),
        Long.parseLong(words[2].substring(point + 1)));
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  private void write() throws Exception {
    figures.json("event stamp to painted, ms", Figures.spread(eventToPainted));
    figures.json("docker kill to painted, ms", Figures.spread(killToPainted));
    figures.json("docker kill to polled each second, ms", Figures.spread(killToPolled));
    figures.number(
        "polled / painted at the median",
        Figures.median(killToPolled) / Figures.median(killToPainted));
    figures.load();
  }
}
