package dev.quayside.exposure.status;

import dev.quayside.common.Feed;
import dev.quayside.engine.EngineSnapshot;
import java.time.InstantSource;
import java.util.Map;

/** Opens status feeds: of a real engine, or of the demo. */
public final class StatusFeeds {

  private StatusFeeds() {}

  /**
   * Opens the feed of a real engine. Nothing slow happens here: the first snapshot follows on the
   * feed's own threads.
   *
   * @param engine what runs, as the container registry publishes it
   * @param environment the process environment, for finding {@code nvidia-smi} on {@code PATH}
   * @param clock gives the stamps in the snapshots
   */
  public static StatusFeed open(
      Feed<EngineSnapshot> engine, Map<String, String> environment, InstantSource clock) {
    return notYet(engine, environment, clock);
  }

  /**
   * Opens the feed of the demo: same figures at the same moment of {@code clock}, history already
   * filled.
   *
   * @param engine the demo engine's containers
   * @param clock decides what the script shows
   */
  public static StatusFeed demo(Feed<EngineSnapshot> engine, InstantSource clock) {
    return notYet(engine, clock);
  }

  private static StatusFeed notYet(Object... arguments) {
    if (arguments.length > 0) {
      throw new UnsupportedOperationException("signature only");
    }
    throw new IllegalArgumentException();
  }
}
