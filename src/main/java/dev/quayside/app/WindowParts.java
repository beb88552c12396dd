package dev.quayside.app;

import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import dev.quayside.ui.logs.LogsBackend;
import dev.quayside.ui.overview.OverviewBackend;
import dev.quayside.ui.services.ServicesBackend;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Holds what the window works with: the real engine, or the demo.
 *
 * @param status what the pages show
 * @param overview tells the cards what is proven
 * @param services inspects and changes services
 * @param logs reads logs
 * @param demo whether everything is scripted
 * @param clock the time
 * @param retry tries at once to reach the engine again
 * @param end gives everything up
 */
record WindowParts(
    StatusFeed status,
    OverviewBackend overview,
    ServicesBackend services,
    LogsBackend logs,
    boolean demo,
    InstantSource clock,
    Runnable retry,
    Runnable end) {

  /** Makes the demo's parts; {@code browser} opens an address. */
  static WindowParts demo(InstantSource clock, Consumer<String> browser) {
    DemoEngine engine = new DemoEngine(clock);
    StatusFeed feed = StatusFeeds.demo(engine, clock);
    return new WindowParts(
        feed,
        new DemoOverview(),
        new DemoServices(engine, clock, browser),
        new LogsBackend(() -> engine, engine.feed()),
        true,
        clock,
        () -> {},
        () -> {
          feed.close();
          engine.close();
        });
  }
}
