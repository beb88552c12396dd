package dev.quayside.telemetry.host;

import dev.quayside.telemetry.HostSample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * Asks OSHI. Making one takes up to a second and belongs on a thread of its own; the other methods
 * each read one small file, which OSHI remembers for 300 ms, and are called by one thread.
 */
final class Hardware {

  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final String cpuModel;
  private final int cores;
  private final List<HostSample.Disk> disks;
  private long @Nullable [] ticks;

  private Hardware(HardwareAbstractionLayer layer) {
    processor = layer.getProcessor();
    memory = layer.getMemory();
    cpuModel = processor.getProcessorIdentifier().getName().strip();
    cores = processor.getLogicalProcessorCount();
    disks = disks(layer.getDiskStores());
  }

  /** Looks at the machine once; takes long. */
  static Hardware look() {
    // The variant without native code starts in half the time and needs no JNA.
    return new Hardware(new oshi.nativefree.SystemInfo().getHardware());
  }

  String cpuModel() {
    return cpuModel;
  }

  int cores() {
    return cores;
  }

  List<HostSample.Disk> disks() {
    return disks;
  }

  /**
   * Returns the use of all cores since the call before, 0 to 1; empty at first and where no time
   * passed.
   */
  OptionalDouble cpuShare() {
    long[] before = ticks;
    long[] now = processor.getSystemCpuLoadTicks();
    ticks = now;
    return before == null ? OptionalDouble.empty() : share(before, now);
  }

  static OptionalDouble share(long[] before, long[] now) {
    long total = 0;
    for (int i = 0; i < now.length; i++) {
      total += now[i] - before[i];
    }
    long idle = 0;
    for (TickType type : new TickType[] {TickType.IDLE, TickType.IOWAIT}) {
      idle += now[type.getIndex()] - before[type.getIndex()];
    }
    if (total <= 0 || idle < 0 || idle > total) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((double) (total - idle) / total);
  }

  /** Returns the load average of one minute. */
  OptionalDouble loadOneMinute() {
    double load = processor.getSystemLoadAverage(1)[0];
    return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(load);
  }

  OptionalLong memoryTotal() {
    return known(memory.getTotal());
  }

  /** Returns what is in use and cannot be taken back. */
  OptionalLong memoryUsed() {
    long total = memory.getTotal();
    long available = memory.getAvailable();
    return total <= 0 || available <= 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, total - available));
  }

  OptionalLong swapTotal() {
    return memory.getTotal() <= 0
        ? OptionalLong.empty()
        : OptionalLong.of(memory.getVirtualMemory().getSwapTotal());
  }

  OptionalLong swapUsed() {
    return memory.getTotal() <= 0
        ? OptionalLong.empty()
        : OptionalLong.of(memory.getVirtualMemory().getSwapUsed());
  }

  // OSHI answers 0 where it could not read.
  private static OptionalLong known(long value) {
    return value <= 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static List<HostSample.Disk> disks(List<HWDiskStore> stores) {
    List<HostSample.Disk> disks = new ArrayList<>();
    for (HWDiskStore store : stores) {
      if (store.getSize() > 0) {
        disks.add(new HostSample.Disk(store.getName(), store.getModel().strip(), store.getSize()));
      }
    }
    return disks;
  }
}
