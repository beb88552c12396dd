package dev.quayside.exposure.status;

import dev.quayside.common.Feed;
import dev.quayside.common.Messages;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.Listening;
import dev.quayside.telemetry.DemoTelemetry;
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
   * filled. The first sweep is done when this returns, so a picture can be taken at once.
   *
   * @param engine the demo engine
   * @param containers what runs in it: {@link DemoEngine#feed} or a registry over {@link
   *     DemoEngine#source}
   * @param clock decides what the script shows
   */
  public static StatusFeed demo(
      DemoEngine engine, Feed<EngineSnapshot> containers, InstantSource clock) {
    Listening hidden = new Listening.Hidden(Messages.of("exposure").get("reason.not-local"));
    return new SamplingStatusFeed(
            containers, new DemoTelemetry(engine, clock), container -> hidden, clock, true)
        .start();
  }

  /** Opens the feed of the demo over the demo engine's own feed. */
  public static StatusFeed demo(DemoEngine engine, InstantSource clock) {
    return demo(engine, engine.feed(), clock);
  }

  private static StatusFeed notYet(Object... arguments) {
    if (arguments.length > 0) {
      throw new UnsupportedOperationException("signature only");
    }
    throw new IllegalArgumentException();
  }
}
