package dev.quayside.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bench.BenchContainers;
import dev.quayside.bench.Figures;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerRegistry;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineEvent;
import dev.quayside.engine.socket.EngineHttp;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.engine.socket.SocketEngine;
import dev.quayside.exposure.status.Pace;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures how long a change takes to be in the model while everything is sampled each second: from
 * the engine's own stamp and from the request to kill. Started by {@code ./check --full latency}.
 * System properties: {@code quayside.latency.containers} (default 25) and {@code
 * quayside.latency.rounds} (default 6), in each of which every container is killed and started.
 */
@Tag("full")
@Tag("full-latency")
class LatencyFamilyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration BETWEEN = Duration.ofMillis(150);

  private final Bed bed = Bed.required();
  private final int count = Integer.getInteger("quayside.latency.containers", 25);
  private final int rounds = Integer.getInteger("quayside.latency.rounds", 6);
  private final Figures figures = new Figures("latency");

  /** When a change was stamped by the engine, and when each model showed it. */
  private final Map<String, Instant> stamped = new ConcurrentHashMap<>();

  private final Map<String, Instant> inRegistry = new ConcurrentHashMap<>();
  private final Map<String, Instant> inStatus = new ConcurrentHashMap<>();

  /** Of each container: how many changes were asked for so far. An odd number is a kill. */
  private final Map<ContainerId, Integer> turns = new ConcurrentHashMap<>();

  @Test
  void changesAreMeasuredFromTheEnginesStampToTheModel() throws Exception {
    SocketConnector connector = new SocketConnector(bed.environment());
    Endpoint endpoint = new Endpoint.Unix(bed.socket());
    try (BenchContainers containers = new BenchContainers(bed)) {
      containers.start(0, count, 0);
      try (ContainerRegistry registry =
              ContainerRegistry.open(() -> connector.connect(endpoint), InstantSource.system());
          StatusFeed status =
              StatusFeeds.open(
                  registry.feed(),
                  registry::engine,
                  List::of,
                  bed.environment(),
                  InstantSource.system(),
                  System::nanoTime);
          Engine witness = connector.connect(endpoint)) {
        status.pace(Pace.VISIBLE);
        Bed.await("all rows", PATIENCE, () -> live(registry).size() >= count);
        BenchContainers.pause(WARM_UP);
        measure(registry, status, witness);
      }
    }
  }

  private void measure(ContainerRegistry registry, StatusFeed status, Engine witness)
      throws Exception {
    List<Double> fromRequest = new ArrayList<>();
    try (Subscription events = witness.events(this::stamp, problem -> {});
        Subscription rows =
            registry.feed().observe(now -> see(now.containers().stream(), inRegistry));
        Subscription joined =
            status
                .feed()
                .observe(now ->
                    see(
                        now.stacks().stream()
                            .flatMap(stack -> stack.services().stream())
                            .map(row -> row.container()),
                        inStatus))) {
      EngineHttp http = ((SocketEngine) witness).http();
      List<ContainerId> ids = live(registry);
      for (int round = 0; round < rounds; round++) {
        for (ContainerId id : ids) {
          Instant asked = change(http, id, "kill");
          fromRequest.add(millis(asked, inStatus.get(key(id))));
          change(http, id, "start");
        }
      }
    }
    note("event stamp to registry, ms", inRegistry);
    note("event stamp to joined snapshot, ms", inStatus);
    figures.json("kill request to joined snapshot, ms", Figures.spread(fromRequest));
    figures.json("containers", String.valueOf(count));
    figures.load();
    assertThat(stamped).as("changes that the engine stamped").hasSizeGreaterThanOrEqualTo(100);
  }

  private Instant change(EngineHttp http, ContainerId id, String verb) throws Exception {
    turns.merge(id, 1, Integer::sum);
    Instant asked = Instant.now();
    Thread call = Thread.ofVirtual().start(() -> post(http, id, verb));
    String key = key(id);
    Bed.await(
        verb + " is seen",
        PATIENCE,
        () -> stamped.containsKey(key) && inRegistry.containsKey(key) && inStatus.containsKey(key));
    call.join();
    // The engine goes on tidying up for a while.
    BenchContainers.pause(BETWEEN);
    return asked;
  }

  private static void post(EngineHttp http, ContainerId id, String verb) {
    String path = "/containers/" + id.value() + "/" + verb;
    try (EngineHttp.Reply reply = http.send("POST", path, null, null, null, CALL)) {
      if (reply.status() >= 300) {
        throw new IllegalStateException(verb + " was answered with " + reply.status());
      }
      reply.body().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stamp(EngineEvent event) {
    boolean end = event.kind() == EngineEvent.Kind.DIED;
    if ((end || event.kind() == EngineEvent.Kind.STARTED) && turns.containsKey(event.container())) {
      stamped.putIfAbsent(key(event.container()), event.at());
    }
  }

  private void see(Stream<Container> containers, Map<String, Instant> seen) {
    Instant now = Instant.now();
    containers.forEach(container -> {
      Integer turn = turns.get(container.id());
      if (turn != null && container.live() == (turn % 2 == 0)) {
        seen.putIfAbsent(key(container.id()), now);
      }
    });
  }

  private String key(ContainerId id) {
    return id.value() + " " + turns.get(id);
  }

  private void note(String what, Map<String, Instant> seen) throws IOException {
    List<Double> values = new ArrayList<>();
    stamped.forEach((key, at) -> values.add(millis(at, seen.get(key))));
    figures.json(what, Figures.spread(values));
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }

  private static List<ContainerId> live(ContainerRegistry registry) {
    return registry.feed().latest().containers().stream()
        .filter(Container::live)
        .map(Container::id)
        .toList();
  }
}
