package dev.quayside.bench.window;

import dev.quayside.bed.Bed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Is the peer: a client that runs {@code docker ps} each second and compares. */
final class DockerPsPoller implements AutoCloseable {

  /** What the last run printed, and when it had. */
  private record Answer(Set<String> running, Instant at) {}

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private volatile Answer newest = new Answer(Set.of(), Instant.EPOCH);

  private DockerPsPoller() {}

  static DockerPsPoller start(Bed bed) {
    DockerPsPoller poller = new DockerPsPoller();
    var _ = poller.timer.scheduleAtFixedRate(() -> poller.ask(bed), 0, 1, TimeUnit.SECONDS);
    return poller;
  }

  private void ask(Bed bed) {
    try {
      Set<String> running =
          bed.docker("ps", "--format", "{{.Names}}").lines().collect(Collectors.toSet());
      newest = new Answer(running, Instant.now());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until {@code name} is listed, or no more, and returns when that was first known. */
  Instant await(String name, boolean listed, Duration patience) throws Exception {
    Bed.await(
        name + (listed ? " is listed" : " is no more listed"),
        patience,
        () -> newest.running().contains(name) == listed);
    return newest.at();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
