package dev.quayside.cli;

import dev.quayside.engine.ContainerState;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.telemetry.GpuReading;

/**
 * Judges whether a snapshot holds everything a single look can show: two sweeps for rates, and word
 * of the GPUs.
 */
final class Measured {

  private Measured() {}

  static boolean fully(StatusSnapshot snapshot) {
    return snapshot.complete()
        && snapshot.host() != null
        && snapshot.host().cpuShare().isPresent()
        && !(snapshot.gpus() instanceof GpuReading.NotYet)
        && snapshot.stacks().stream()
            .flatMap(stack -> stack.services().stream())
            .allMatch(Measured::fully);
  }

  private static boolean fully(ServiceStatus service) {
    if (service.container().facts() == null) {
      return false;
    }
    boolean runs = service.container().state() == ContainerState.RUNNING;
    return !runs || (service.sample() != null && service.sample().cpuCores().isPresent());
  }
}
