package dev.quayside.bench.sampling;

import dev.quayside.engine.ContainerRegistry;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.exposure.status.Pace;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/**
 * Runs what the window runs below itself, and nothing else: registry, all samplers, the joined
 * snapshot.
 */
public final class SamplingClient {

  private SamplingClient() {}

  /** Runs until it is ended; {@code SOCKET PACE}. */
  public static void main(String[] arguments) throws InterruptedException {
    SocketConnector connector = new SocketConnector(System.getenv());
    ContainerRegistry registry =
        ContainerRegistry.open(
            () -> connector.connect(new Endpoint.Unix(Path.of(arguments[0]))),
            InstantSource.system());
    StatusFeed feed =
        StatusFeeds.open(
            registry.feed(),
            registry::engine,
            System.getenv(),
            InstantSource.system(),
            System::nanoTime);
    feed.pace(Pace.valueOf(arguments[1]));
    new CountDownLatch(1).await();
  }
}
