package dev.quayside.exposure.status;

import dev.quayside.engine.Connection;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.HostSample;
import dev.quayside.telemetry.SelfSample;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything the Overview shows at one moment.
 *
 * @param at when it was joined
 * @param connection how we stand with the engine
 * @param complete whether the list of containers is complete on this connection
 * @param stacks Compose projects by name, containers without a project last under an empty name
 * @param sampleSource where the containers' figures come from
 * @param sampledAt when the newest sweep over the containers ended; null before the first
 * @param host this machine; null before the first sample
 * @param gpus the GPUs
 * @param self Quayside's own use
 */
public record StatusSnapshot(
    Instant at,
    Connection connection,
    boolean complete,
    List<StackStatus> stacks,
    ContainerSamples.Source sampleSource,
    @Nullable Instant sampledAt,
    @Nullable HostSample host,
    GpuReading gpus,
    SelfSample self) {

  /** Makes the list immutable. */
  public StatusSnapshot {
    stacks = List.copyOf(stacks);
  }
}
