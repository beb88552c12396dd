package dev.quayside.exposure.status;

import dev.quayside.bed.Bed;
import dev.quayside.engine.ContainerRegistry;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.socket.SocketConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Holds a registry and a status feed on the bed's engine, as the window has them. */
final class LiveStatus implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ContainerRegistry registry;
  private final StatusFeed feed;

  private LiveStatus(Path socket, Map<String, String> environment) {
    SocketConnector connector = new SocketConnector(environment);
    registry =
        ContainerRegistry.open(
            () -> connector.connect(new Endpoint.Unix(socket)), InstantSource.system());
    feed =
        StatusFeeds.open(
            registry.feed(),
            registry::engine,
            List::of,
            environment,
            InstantSource.system(),
            System::nanoTime);
  }

  static LiveStatus open(Bed bed) {
    return open(bed.socket(), bed.environment());
  }

  static LiveStatus open(Path socket, Map<String, String> environment) {
    return new LiveStatus(socket, environment);
  }

  StatusFeed feed() {
    return feed;
  }

  ContainerRegistry registry() {
    return registry;
  }

  /** Returns the first snapshot that fulfils {@code wanted}. */
  StatusSnapshot await(String what, Predicate<StatusSnapshot> wanted) throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    AtomicReference<StatusSnapshot> found = new AtomicReference<>();
    try (var observing =
        feed.feed()
            .observe(snapshot -> {
              if (wanted.test(snapshot) && found.compareAndSet(null, snapshot)) {
                seen.countDown();
              }
            })) {
      if (!seen.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(
            "Not within "
                + PATIENCE.toSeconds()
                + " s: "
                + what
                + "; newest: "
                + feed.feed().latest());
      }
      return found.get();
    }
  }

  /** Returns the row of the service in a snapshot, or null. */
  static ServiceStatus row(StatusSnapshot snapshot, String service) {
    return rows(snapshot).stream()
        .filter(row -> row.container().service().equals(service))
        .findFirst()
        .orElse(null);
  }

  static List<ServiceStatus> rows(StatusSnapshot snapshot) {
    return snapshot.stacks().stream().flatMap(stack -> stack.services().stream()).toList();
  }

  @Override
  public void close() {
    feed.close();
    registry.close();
  }
}
