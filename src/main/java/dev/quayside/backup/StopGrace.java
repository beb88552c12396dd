package dev.quayside.backup;

import dev.quayside.engine.Container;
import dev.quayside.engine.RuntimeFacts;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says how long a service may take to end before the engine kills it. Stores that keep in memory
 * what they write when they end (Redis saves its snapshot then, redis.io, "Redis signal handling")
 * get minutes where the engine's own are ten seconds: killed, they would lose what nobody had
 * written yet.
 */
final class StopGrace {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int KILLED = 128 + 9;
  private static final Set<String> STORES =
      Set.of(
          "redis",
          "valkey",
          "keydb",
          "mongo",
          "meilisearch",
          "qdrant",
          "clickhouse",
          "mysql",
          "mariadb",
          "postgres");

  private StopGrace() {}

  /** Returns the time for {@code container}; null for its own. */
  static @Nullable Duration of(Container container) {
    return store(container) ? LONG : null;
  }

  /**
   * Returns whether {@code ended} is a store that was killed before it had written all. One that is
   * killed at once was asked so by its image's stop signal.
   *
   * @param took how long it had
   */
  static boolean cutShort(Container ended, Duration took) {
    RuntimeFacts facts = ended.facts();
    return store(ended)
        && facts != null
        && (facts.outOfMemory()
            || (facts.exitCode().orElse(0) == KILLED && took.compareTo(LONG) >= 0));
  }

  private static boolean store(Container container) {
    String image = container.image().toLowerCase(Locale.ROOT);
    String name = image.substring(image.lastIndexOf('/') + 1);
    return STORES.stream().anyMatch(name::startsWith);
  }
}
