package dev.quayside.app;

import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import java.time.InstantSource;

/**
 * Holds what the window works with: the real engine, or the demo.
 *
 * @param status what the pages show
 * @param demo whether everything is scripted
 * @param clock the time
 * @param retry tries at once to reach the engine again
 * @param end gives everything up
 */
record WindowParts(
    StatusFeed status, boolean demo, InstantSource clock, Runnable retry, Runnable end) {

  /** Makes the demo's parts. */
  static WindowParts demo(InstantSource clock) {
    DemoEngine engine = new DemoEngine(clock);
    StatusFeed feed = StatusFeeds.demo(engine, clock);
    return new WindowParts(feed, true, clock, () -> {}, feed::close);
  }
}
