package dev.quayside.bench.sampling;

import dev.quayside.engine.ContainerRegistry;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.exposure.status.Pace;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs what the window runs below itself, and nothing else: registry, all samplers, the joined
 * snapshot. It does what its standard input says, a word a line: {@code NONE} closes everything and
 * leaves the bare virtual machine; the name of a pace opens everything if it is closed, and keeps
 * that pace.
 */
public final class SamplingClient {

  private static final String NONE = "NONE";

  private final SocketConnector connector = new SocketConnector(System.getenv());
  private final Endpoint endpoint;
  private @Nullable ContainerRegistry registry;
  private @Nullable StatusFeed feed;

  private SamplingClient(Path socket) {
    this.endpoint = new Endpoint.Unix(socket);
  }

  /** Runs until its input ends; {@code SOCKET}. */
  public static void main(String[] arguments) throws IOException {
    SamplingClient client = new SamplingClient(Path.of(arguments[0]));
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String word = input.readLine(); word != null; word = input.readLine()) {
      client.follow(word);
      System.out.println(word);
    }
    client.follow(NONE);
  }

  private void follow(String word) {
    if (word.equals(NONE)) {
      close();
    } else {
      open().pace(Pace.valueOf(word));
    }
  }

  private StatusFeed open() {
    StatusFeed current = feed;
    if (current == null) {
      ContainerRegistry opened =
          ContainerRegistry.open(() -> connector.connect(endpoint), InstantSource.system());
      current =
          StatusFeeds.open(
              opened.feed(),
              opened::engine,
              List::of,
              System.getenv(),
              InstantSource.system(),
              System::nanoTime);
      registry = opened;
      feed = current;
    }
    return current;
  }

  private void close() {
    if (feed != null) {
      feed.close();
      feed = null;
    }
    if (registry != null) {
      registry.close();
      registry = null;
    }
  }
}
