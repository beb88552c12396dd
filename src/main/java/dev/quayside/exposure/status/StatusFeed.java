package dev.quayside.exposure.status;

import dev.quayside.common.Feed;
import dev.quayside.telemetry.SampleHistory;

/**
 * Joins engine, samples, host, GPUs and exposure into one immutable snapshot per tick, and one more
 * at once whenever the engine reports a change. Rows and stacks that did not change are the same
 * objects as in the snapshot before, so that an observer can skip them by identity.
 */
public interface StatusFeed extends AutoCloseable {

  /** Returns the snapshots. Observers run on the joining thread and must only pass on. */
  Feed<StatusSnapshot> feed();

  /** Returns the last five minutes of processor and memory use. */
  SampleHistory history();

  /**
   * Sets how often everything is measured, from the next tick on; a faster pace takes effect at
   * once.
   */
  void pace(Pace pace);

  /**
   * Stops measuring and ends the child processes. The feed keeps its last value. Closing twice does
   * nothing.
   */
  @Override
  void close();
}
