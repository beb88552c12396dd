package dev.quayside.telemetry.host;

import dev.quayside.telemetry.kernel.KernelFile;
import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files from which OSHI takes the figures that change each second, and keeps them open.
 * OSHI opens and splits each of them anew for each figure, which costs thirty times as much. Where
 * a file is not there, {@link Hardware} asks OSHI. One thread uses it.
 */
final class HostFiles implements AutoCloseable {

  /** User, nice, system, idle, waiting, interrupts, soft interrupts, stolen: proc_stat(5). */
  private static final int TICK_KINDS = 8;

  private static final long KIB = 1024;
  private static final byte[] TOTAL = ascii("MemTotal:");
  private static final byte[] AVAILABLE = ascii("MemAvailable:");
  private static final byte[] SWAP_TOTAL = ascii("SwapTotal:");
  private static final byte[] SWAP_FREE = ascii("SwapFree:");

  private final ReadBuffer buffer = new ReadBuffer();
  private final @Nullable KernelFile processor;
  private final @Nullable KernelFile load;
  private final @Nullable KernelFile memory;

  /**
   * Holds the machine's memory in bytes.
   *
   * @param total all of it
   * @param available what can be had without swapping
   * @param swapTotal size of the swap space; 0 without one
   * @param swapFree what of it is not in use
   */
  record Memory(long total, long available, long swapTotal, long swapFree) {}

  HostFiles(Path root) {
    Path proc = root.resolve("proc");
    this.processor = KernelFile.open(proc, "stat");
    this.load = KernelFile.open(proc, "loadavg");
    this.memory = KernelFile.open(proc, "meminfo");
  }

  /** Returns the time of all processors together in the order of OSHI's {@code TickType}. */
  long @Nullable [] ticks() {
    if (!read(processor)) {
      return null;
    }
    long[] ticks = new long[TICK_KINDS];
    for (int kind = 0; kind < TICK_KINDS; kind++) {
      ticks[kind] = buffer.field(kind + 1);
      if (ticks[kind] < 0) {
        return null;
      }
    }
    return ticks;
  }

  /** Returns the load average of one minute. */
  OptionalDouble load() {
    double average = read(load) ? buffer.decimal() : Double.NaN;
    return Double.isNaN(average) ? OptionalDouble.empty() : OptionalDouble.of(average);
  }

  /** Returns the memory; null where one of its figures is not told. */
  @Nullable Memory memory() {
    if (!read(memory)) {
      return null;
    }
    long total = buffer.padded(TOTAL);
    long available = buffer.padded(AVAILABLE);
    long swapTotal = buffer.padded(SWAP_TOTAL);
    long swapFree = buffer.padded(SWAP_FREE);
    return total <= 0 || available < 0 || swapTotal < 0 || swapFree < 0
        ? null
        : new Memory(total * KIB, available * KIB, swapTotal * KIB, swapFree * KIB);
  }

  @Override
  public void close() {
    for (KernelFile file : new KernelFile[] {processor, load, memory}) {
      if (file != null) {
        file.close();
      }
    }
  }

  private boolean read(@Nullable KernelFile file) {
    if (file == null) {
      return false;
    }
    try {
      file.read(buffer);
      return true;
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
