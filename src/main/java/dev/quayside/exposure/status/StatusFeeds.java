package dev.quayside.exposure.status;

import dev.quayside.common.Feed;
import dev.quayside.common.Messages;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.Listening;
import dev.quayside.exposure.ListeningSockets;
import dev.quayside.telemetry.DemoTelemetry;
import dev.quayside.telemetry.Telemetry;
import dev.quayside.telemetry.local.LocalTelemetry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens status feeds: of a real engine, or of the demo. */
public final class StatusFeeds {

  private static final Path ROOT = Path.of("/");

  private StatusFeeds() {}

  /**
   * Opens the feed of a real engine. Nothing slow happens here: the first figures follow on the
   * feed's own threads.
   *
   * @param containers what runs, as the container registry publishes it
   * @param engine gives the connected engine, or null while there is none; asked only where its
   *     kernel is not ours
   * @param known gives the names of adopted stacks, which are shown also while they have no
   *     container; may read a file
   * @param environment the process environment: {@code PATH} and {@code HOME}
   * @param clock gives the stamps in the snapshots
   * @param nanoTime a clock that never jumps, in nanoseconds: {@code System::nanoTime}
   */
  public static StatusFeed open(
      Feed<EngineSnapshot> containers,
      Supplier<@Nullable Engine> engine,
      Supplier<List<String>> known,
      Map<String, String> environment,
      InstantSource clock,
      LongSupplier nanoTime) {
    Telemetry telemetry = new LocalTelemetry(engine, environment, clock, nanoTime);
    ListeningSockets sockets = new ListeningSockets(ROOT, nanoTime);
    return new SamplingStatusFeed(containers, telemetry, sockets::of, known, clock, false).start();
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
            containers,
            new DemoTelemetry(engine, clock),
            container -> hidden,
            List::of,
            clock,
            true)
        .start();
  }

  /** Opens the feed of the demo over the demo engine's own feed. */
  public static StatusFeed demo(DemoEngine engine, InstantSource clock) {
    return demo(engine, engine.feed(), clock);
  }
}
