package dev.quayside.telemetry.cgroup;

import dev.quayside.telemetry.kernel.KernelFile;
import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the files of one container's groups open and knows what each version writes into them. One
 * thread uses it.
 */
final class GroupFiles implements AutoCloseable {

  private static final byte[] USAGE_MICROS = ascii("usage_usec");
  private static final byte[] INACTIVE_V1 = ascii("total_inactive_file");
  private static final byte[] INACTIVE_V2 = ascii("inactive_file");
  private static final byte[] READ_V1 = ascii("Read");
  private static final byte[] WRITE_V1 = ascii("Write");
  private static final byte[] READ_V2 = ascii("rbytes=");
  private static final byte[] WRITE_V2 = ascii("wbytes=");
  private static final long MICRO = 1_000;

  /**
   * A limit of version 1 from here on is none: the largest number of pages, in bytes, whatever the
   * page size.
   */
  private static final long NO_LIMIT = 1L << 62;

  private final ContainerGroups groups;
  private final ReadBuffer buffer;
  private final @Nullable KernelFile cpu;
  private final @Nullable KernelFile memory;
  private final @Nullable KernelFile memoryDetail;
  private final @Nullable KernelFile processes;
  private final @Nullable KernelFile block;

  GroupFiles(ContainerGroups groups, ReadBuffer buffer) {
    this.groups = groups;
    this.buffer = buffer;
    cpu = open(groups.cpu(), "cpuacct.usage", "cpu.stat");
    memory = open(groups.memory(), "memory.usage_in_bytes", "memory.current");
    memoryDetail = open(groups.memory(), "memory.stat", "memory.stat");
    processes = open(groups.processes(), "pids.current", "pids.current");
    block = open(groups.block(), "blkio.throttle.io_service_bytes_recursive", "io.stat");
  }

  /** Returns whether processor and memory come from version 2. */
  boolean unified() {
    return groups.cpu() != null
        && groups.cpu().unified()
        && groups.memory() != null
        && groups.memory().unified();
  }

  /** Returns whether there is anything to read. */
  boolean usable() {
    return cpu != null || memory != null;
  }

  /** Returns the processor time used so far in nanoseconds. */
  long cpuNanos() throws IOException {
    if (cpu == null || groups.cpu() == null) {
      return ReadBuffer.NONE;
    }
    cpu.read(buffer);
    if (!groups.cpu().unified()) {
      return buffer.first();
    }
    long micros = buffer.value(USAGE_MICROS);
    return micros == ReadBuffer.NONE ? micros : micros * MICRO;
  }

  /** Returns the memory charged in bytes, page cache included. */
  long memoryBytes() throws IOException {
    return first(memory);
  }

  /** Returns the page cache that the kernel can take back, in bytes. */
  long reclaimableBytes() throws IOException {
    if (memoryDetail == null || groups.memory() == null) {
      return ReadBuffer.NONE;
    }
    memoryDetail.read(buffer);
    return buffer.value(groups.memory().unified() ? INACTIVE_V2 : INACTIVE_V1);
  }

  /** Returns the number of processes and threads. */
  long processes() throws IOException {
    return first(processes);
  }

  /** Reads the block device counters into {@code into}. */
  void block(Counters into) throws IOException {
    into.read = ReadBuffer.NONE;
    into.written = ReadBuffer.NONE;
    if (block == null || groups.block() == null) {
      return;
    }
    block.read(buffer);
    boolean unified = groups.block().unified();
    into.read = unified ? buffer.sumOfWord(READ_V2) : buffer.sumOfOperation(READ_V1);
    into.written = unified ? buffer.sumOfWord(WRITE_V2) : buffer.sumOfOperation(WRITE_V1);
  }

  /** Returns the memory limit in bytes, {@link ReadBuffer#NONE} without one. */
  long memoryLimit() throws IOException {
    long limit =
        once(groups.memory(), "memory.limit_in_bytes", "memory.max")
            ? buffer.first()
            : ReadBuffer.NONE;
    return limit >= NO_LIMIT ? ReadBuffer.NONE : limit;
  }

  /** Returns the processor limit in cores, NaN without one. */
  double cpuLimit() throws IOException {
    ContainerGroups.Group group = groups.cpu();
    if (group == null) {
      return Double.NaN;
    }
    long quota;
    long period;
    if (group.unified()) {
      quota = once(group, "", "cpu.max") ? buffer.first() : ReadBuffer.NONE;
      period = quota == ReadBuffer.NONE ? ReadBuffer.NONE : buffer.field(1);
    } else {
      ContainerGroups.Group scheduler = groups.scheduler();
      quota = once(scheduler, "cpu.cfs_quota_us", "") ? buffer.first() : ReadBuffer.NONE;
      period = once(scheduler, "cpu.cfs_period_us", "") ? buffer.first() : ReadBuffer.NONE;
    }
    return quota <= 0 || period <= 0 ? Double.NaN : (double) quota / period;
  }

  @Override
  public void close() {
    for (KernelFile file : new KernelFile[] {cpu, memory, memoryDetail, processes, block}) {
      if (file != null) {
        file.close();
      }
    }
  }

  private long first(@Nullable KernelFile file) throws IOException {
    if (file == null) {
      return ReadBuffer.NONE;
    }
    file.read(buffer);
    return buffer.first();
  }

  private boolean once(ContainerGroups.@Nullable Group group, String old, String unified)
      throws IOException {
    try (KernelFile file = open(group, old, unified)) {
      if (file == null) {
        return false;
      }
      file.read(buffer);
      return true;
    }
  }

  private static @Nullable KernelFile open(
      ContainerGroups.@Nullable Group group, String old, String unified) {
    return group == null ? null : KernelFile.open(group.folder(), group.unified() ? unified : old);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
