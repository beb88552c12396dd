package dev.quayside.engine.demo;

/**
 * Holds the scripted use of one service at one moment.
 *
 * @param cpuCores processor use in cores
 * @param memoryBytes memory in bytes
 * @param receivedPerSecond network bytes in per second
 * @param sentPerSecond network bytes out per second
 * @param readPerSecond block device bytes read per second
 * @param writtenPerSecond block device bytes written per second
 * @param processes number of processes
 * @param gpuMemoryBytes GPU memory in bytes, 0 for a service without GPU
 */
public record DemoLoad(
    double cpuCores,
    long memoryBytes,
    double receivedPerSecond,
    double sentPerSecond,
    double readPerSecond,
    double writtenPerSecond,
    long processes,
    long gpuMemoryBytes) {}
