package dev.quayside.exposure.status;

import dev.quayside.engine.ContainerId;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.GpuReading;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Adds up GPU memory by container. It is known only where the process reader answers and the
 * containers run on the machine whose GPUs are read; a container of which one process tells no
 * figure is unknown as a whole.
 */
final class GpuMemory {

  private final boolean known;
  private final Map<ContainerId, OptionalLong> sums;

  private GpuMemory(boolean known, Map<ContainerId, OptionalLong> sums) {
    this.known = known;
    this.sums = sums;
  }

  /** Adds up the processes of {@code gpus}. */
  static GpuMemory of(GpuReading gpus, ContainerSamples.Source source) {
    boolean sameMachine =
        switch (source) {
          case CGROUP_V1, CGROUP_V2, DEMO -> true;
          case NONE, ENGINE -> false;
        };
    if (!sameMachine
        || !(gpus instanceof GpuReading.Devices devices)
        || devices.processes() == null) {
      return new GpuMemory(false, Map.of());
    }
    Map<ContainerId, OptionalLong> sums = new HashMap<>();
    for (GpuReading.GpuProcess process : devices.processes()) {
      if (process.container() != null) {
        sums.merge(process.container(), process.memoryBytes(), GpuMemory::add);
      }
    }
    return new GpuMemory(true, sums);
  }

  /** Returns bytes; empty where unknown, 0 where measured and none. */
  OptionalLong of(ContainerId id) {
    return known ? sums.getOrDefault(id, OptionalLong.of(0)) : OptionalLong.empty();
  }

  private static OptionalLong add(OptionalLong some, OptionalLong other) {
    return some.isPresent() && other.isPresent()
        ? OptionalLong.of(some.getAsLong() + other.getAsLong())
        : OptionalLong.empty();
  }
}
