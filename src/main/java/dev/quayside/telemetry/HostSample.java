package dev.quayside.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Holds what the machine Quayside runs on used over the last tick.
 *
 * @param at when it was measured
 * @param cpuModel the processor's name; empty if not known
 * @param cores logical processors
 * @param cpuShare processor use of all cores, 0 to 1
 * @param loadOneMinute load average over one minute
 * @param memoryTotal bytes
 * @param memoryUsed bytes in use, without what the kernel can reclaim (total − available)
 * @param swapTotal bytes; 0 is a measured "no swap"
 * @param swapUsed bytes
 * @param receivedPerSecond bytes per second over the physical interfaces
 * @param sentPerSecond bytes per second
 * @param disks the disks that were there when it was asked; empty until then
 * @param mounts free space of the mounts that hold data
 */
public record HostSample(
    Instant at,
    String cpuModel,
    int cores,
    OptionalDouble cpuShare,
    OptionalDouble loadOneMinute,
    OptionalLong memoryTotal,
    OptionalLong memoryUsed,
    OptionalLong swapTotal,
    OptionalLong swapUsed,
    OptionalDouble receivedPerSecond,
    OptionalDouble sentPerSecond,
    List<Disk> disks,
    List<MountSpace> mounts) {

  /** Makes the lists immutable. */
  public HostSample {
    disks = List.copyOf(disks);
    mounts = List.copyOf(mounts);
  }

  /**
   * Describes a disk.
   *
   * @param name the device, for example {@code /dev/nvme0n1}
   * @param model the product's name; empty if not told
   * @param sizeBytes its size
   */
  public record Disk(String name, String model, long sizeBytes) {}

  /**
   * Holds the space of a mount.
   *
   * @param path where it is mounted
   * @param totalBytes its size
   * @param freeBytes what an ordinary user may still write
   * @param at when it was measured
   */
  public record MountSpace(String path, long totalBytes, long freeBytes, Instant at) {}
}
