package dev.quayside.bench.sampling;

import dev.quayside.bed.Bed;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerRegistry;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineEvent;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import dev.quayside.exposure.status.StatusSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures how long after the engine's own stamp of a {@code die} event the joined snapshot shows
 * it.
 *
 * @param milliseconds one value for each kill, sorted
 */
record EventLatency(List<Double> milliseconds) {

  static EventLatency measure(Bed bed, List<String> names) throws Exception {
    Map<ContainerId, Instant> stamped = new ConcurrentHashMap<>();
    Map<ContainerId, Instant> seen = new ConcurrentHashMap<>();
    SocketConnector connector = new SocketConnector(bed.environment());
    Endpoint endpoint = new Endpoint.Unix(bed.socket());
    try (ContainerRegistry registry =
            ContainerRegistry.open(() -> connector.connect(endpoint), InstantSource.system());
        StatusFeed feed =
            StatusFeeds.open(
                registry.feed(),
                registry::engine,
                bed.environment(),
                InstantSource.system(),
                System::nanoTime);
        Engine second = connector.connect(endpoint);
        var events =
            second.events(
                event -> {
                  if (event.kind() == EngineEvent.Kind.DIED) {
                    stamped.put(event.container(), event.at());
                  }
                },
                problem -> {});
        var rows = feed.feed().observe(snapshot -> note(snapshot, seen))) {
      Bed.await(
          "all rows are live",
          Duration.ofSeconds(60),
          () -> live(feed.feed().latest()) >= names.size());
      seen.clear();
      for (String name : names) {
        int before = seen.size();
        bed.docker("kill", name);
        Bed.await(name + " is seen", Duration.ofSeconds(20), () -> seen.size() > before);
      }
    }
    List<Double> milliseconds = new ArrayList<>();
    stamped.forEach((id, at) -> {
      if (seen.containsKey(id)) {
        milliseconds.add(Duration.between(at, seen.get(id)).toNanos() / 1e6);
      }
    });
    Collections.sort(milliseconds);
    return new EventLatency(milliseconds);
  }

  double p50() {
    return milliseconds.get(milliseconds.size() / 2);
  }

  double p95() {
    return milliseconds.get((int) Math.ceil(milliseconds.size() * 0.95) - 1);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"kills\": %d, \"p50\": %.1f, \"p95\": %.1f}",
        milliseconds.size(),
        p50(),
        p95());
  }

  private static void note(StatusSnapshot snapshot, Map<ContainerId, Instant> seen) {
    Instant now = Instant.now();
    snapshot
        .stacks()
        .forEach(stack ->
            stack
                .services()
                .forEach(row -> {
                  if (!row.container().live()) {
                    seen.putIfAbsent(row.container().id(), now);
                  }
                }));
  }

  private static int live(StatusSnapshot snapshot) {
    return (int)
        snapshot.stacks().stream()
            .flatMap(stack -> stack.services().stream())
            .filter(row -> row.container().live())
            .count();
  }
}
