package dev.quayside.telemetry.host;

import dev.quayside.telemetry.HostSample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * Knows the machine. Names and disks come from OSHI, once; what changes each second from the files
 * that OSHI reads too, and from OSHI itself where those are not there. Making one takes up to a
 * second and belongs on a thread of its own; the other methods are called by one thread.
 */
final class Hardware {

  private final HostFiles files;
  // Both count in units of their own, so one of them is chosen for good.
  private final boolean ticksFromFiles;
  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final String cpuModel;
  private final int cores;
  private final List<HostSample.Disk> disks;
  private long @Nullable [] ticks;

  private Hardware(HardwareAbstractionLayer layer, HostFiles files) {
    this.files = files;
    ticksFromFiles = files.ticks() != null;
    processor = layer.getProcessor();
    memory = layer.getMemory();
    cpuModel = processor.getProcessorIdentifier().getName().strip();
    cores = processor.getLogicalProcessorCount();
    disks = disks(layer.getDiskStores());
  }

  /**
   * Looks at the machine once; takes long.
   *
   * @param files where the figures of each second are read; the caller closes them
   */
  static Hardware look(HostFiles files) {
    // The variant without native code starts in half the time and needs no JNA.
    return new Hardware(new oshi.nativefree.SystemInfo().getHardware(), files);
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
    long[] now = ticksFromFiles ? files.ticks() : processor.getSystemCpuLoadTicks();
    ticks = now;
    return before == null || now == null ? OptionalDouble.empty() : share(before, now);
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
    OptionalDouble read = files.load();
    if (read.isPresent()) {
      return read;
    }
    double load = processor.getSystemLoadAverage(1)[0];
    return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(load);
  }

  /** Returns memory and swap in bytes; null where they are not known. */
  HostFiles.@Nullable Memory memory() {
    HostFiles.Memory read = files.memory();
    if (read != null) {
      return read;
    }
    long total = memory.getTotal();
    long available = memory.getAvailable();
    long swap = memory.getVirtualMemory().getSwapTotal();
    // OSHI answers 0 where it could not read.
    return total <= 0 || available <= 0
        ? null
        : new HostFiles.Memory(
            total, available, swap, swap - memory.getVirtualMemory().getSwapUsed());
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
