package dev.quayside.telemetry;

import dev.quayside.engine.ContainerId;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Holds what one container used over the last tick. Empty is unknown, zero is a measured zero;
 * rates are empty in the first sample after a start.
 *
 * @param id the container
 * @param at since when these figures hold: a sweep that measures the same again keeps the sample it
 *     has
 * @param cpuCores processor use in cores: 1.0 is one core fully used
 * @param cpuShareOfLimit processor use as a share (0 to 1) of the container's limit, or of all
 *     cores without a limit
 * @param memoryBytes memory without the page cache the kernel can reclaim
 * @param memoryLimitBytes the container's limit, or the host's memory where it has none
 * @param receivedPerSecond network bytes in per second, over all its interfaces but loopback
 * @param sentPerSecond network bytes out per second
 * @param readPerSecond block device bytes read per second
 * @param writtenPerSecond block device bytes written per second
 * @param processes number of processes and threads
 */
public record ContainerSample(
    ContainerId id,
    Instant at,
    OptionalDouble cpuCores,
    OptionalDouble cpuShareOfLimit,
    OptionalLong memoryBytes,
    OptionalLong memoryLimitBytes,
    OptionalDouble receivedPerSecond,
    OptionalDouble sentPerSecond,
    OptionalDouble readPerSecond,
    OptionalDouble writtenPerSecond,
    OptionalLong processes) {}
