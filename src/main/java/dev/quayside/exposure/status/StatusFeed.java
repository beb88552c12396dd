package dev.quayside.exposure.status;

import dev.quayside.common.Feed;
import dev.quayside.engine.ContainerId;
import dev.quayside.telemetry.SampleHistory;
import java.util.Set;

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
   * Names the rows that are on screen. Where figures come from the engine, these are asked for each
   * time and the others now and then; where they come from the kernel it makes no difference. Until
   * told, all rows count as visible.
   */
  void visible(Set<ContainerId> rows);

  /**
   * Stops measuring and ends the child processes, which may take two seconds; not for the window's
   * thread. The feed keeps its last value. Closing twice does nothing.
   */
  @Override
  void close();
}
