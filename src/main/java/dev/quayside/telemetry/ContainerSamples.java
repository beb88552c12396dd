package dev.quayside.telemetry;

import dev.quayside.engine.ContainerId;
import java.time.Instant;
import java.util.Map;

/**
 * Holds one sweep over all running containers.
 *
 * @param at when the sweep ended
 * @param source where the figures come from
 * @param samples by container; a container without a sample is absent
 */
public record ContainerSamples(
    Instant at, Source source, Map<ContainerId, ContainerSample> samples) {

  /** Makes the map immutable. */
  public ContainerSamples {
    samples = Map.copyOf(samples);
  }

  /** Names where container figures come from; the window says which. */
  public enum Source {
    /** Nothing measured yet. */
    NONE,
    /** Straight from the kernel, cgroup version 1. */
    CGROUP_V1,
    /** Straight from the kernel, cgroup version 2. */
    CGROUP_V2,
    /** From the engine's own statistics, for engines whose processes we cannot see. */
    ENGINE,
    /** Scripted figures of the demo. */
    DEMO
  }
}
