package dev.quayside.engine;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Holds the counters of one container as the engine gives them in one sample (Engine API, {@code
 * GET /containers/ID/stats?stream=false&one-shot=true}). What the engine leaves out is empty, never
 * 0.
 *
 * @param readAt the engine's stamp of the sample
 * @param cpuNanos CPU time used since the container started, over all cores
 * @param memoryUsage bytes charged, reclaimable cache included
 * @param memoryCache reclaimable file cache in bytes ({@code inactive_file}, on cgroup v1 {@code
 *     total_inactive_file})
 * @param memoryLimit bytes; the host's memory where there is no limit
 * @param processes number of processes and threads
 * @param networkReceived bytes over all interfaces; empty with host networking
 * @param networkSent bytes over all interfaces; empty with host networking
 * @param blockRead bytes read from block devices
 * @param blockWritten bytes written to block devices
 */
public record RawStats(
    Instant readAt,
    OptionalLong cpuNanos,
    OptionalLong memoryUsage,
    OptionalLong memoryCache,
    OptionalLong memoryLimit,
    OptionalLong processes,
    OptionalLong networkReceived,
    OptionalLong networkSent,
    OptionalLong blockRead,
    OptionalLong blockWritten) {}
