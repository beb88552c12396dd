package dev.quayside.exposure.status;

import dev.quayside.engine.Container;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import dev.quayside.telemetry.ContainerSample;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds one row: a container with everything known about it.
 *
 * @param container from the engine
 * @param ports with who can reach them, in the order of their numbers
 * @param exposure the widest exposure of its ports
 * @param exposureReason for people: why the exposure is not known, or where it comes from if not
 *     from the binds of its own ports; else empty
 * @param sample what it uses; null where nothing was measured
 * @param gpuMemory GPU memory of its processes in bytes; empty where unknown, 0 where measured and
 *     none
 */
public record ServiceStatus(
    Container container,
    List<ExposedPort> ports,
    Exposure exposure,
    String exposureReason,
    @Nullable ContainerSample sample,
    OptionalLong gpuMemory) {

  /** Makes the list immutable. */
  public ServiceStatus {
    ports = List.copyOf(ports);
  }
}
