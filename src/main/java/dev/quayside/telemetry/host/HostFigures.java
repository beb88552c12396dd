package dev.quayside.telemetry.host;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * Asks OSHI each second for the machine's own use. Making one starts a few programs (getconf, …)
 * and belongs on a thread of its own; the other methods each read one small file, which OSHI
 * remembers for 300 ms, and are called by one thread.
 */
final class HostFigures {

  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private long @Nullable [] ticks;

  private HostFigures(HardwareAbstractionLayer layer) {
    processor = layer.getProcessor();
    memory = layer.getMemory();
  }

  /** Begins to watch this machine; takes some tenths of a second. */
  static HostFigures ofSystem() {
    return new HostFigures(Hardware.layer());
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
    long all = 0;
    for (int i = 0; i < now.length; i++) {
      all += now[i] - before[i];
    }
    long idle = 0;
    for (TickType type : new TickType[] {TickType.IDLE, TickType.IOWAIT}) {
      idle += now[type.getIndex()] - before[type.getIndex()];
    }
    if (all <= 0 || idle < 0 || idle > all) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((double) (all - idle) / all);
  }

  /** Returns the load average of one minute. */
  OptionalDouble loadOneMinute() {
    double load = processor.getSystemLoadAverage(1)[0];
    return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(load);
  }

  OptionalLong memoryTotal() {
    long total = memory.getTotal();
    // OSHI answers 0 where it could not read.
    return total <= 0 ? OptionalLong.empty() : OptionalLong.of(total);
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
}
