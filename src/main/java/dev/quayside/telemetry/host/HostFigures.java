package dev.quayside.telemetry.host;

import dev.quayside.telemetry.kernel.KernelFile;
import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the machine's own use from the kernel. One thread uses it. */
final class HostFigures implements AutoCloseable {

  /** User, nice, system, idle, waiting, interrupts of both kinds, and stolen (proc_stat(5)). */
  private static final int TIMES = 8;

  private static final int IDLE = 3;
  private static final int WAITING = 4;
  private static final long KIB = 1024;
  private static final byte[] TOTAL = ascii("MemTotal:");
  private static final byte[] AVAILABLE = ascii("MemAvailable:");
  private static final byte[] SWAP_TOTAL = ascii("SwapTotal:");
  private static final byte[] SWAP_FREE = ascii("SwapFree:");

  private final ReadBuffer buffer;
  private final Path proc;
  private final @Nullable KernelFile stat;
  private final @Nullable KernelFile memory;
  private long @Nullable [] times;
  private long total = ReadBuffer.NONE;
  private long available = ReadBuffer.NONE;
  private long swapTotal = ReadBuffer.NONE;
  private long swapFree = ReadBuffer.NONE;

  HostFigures(Path root, ReadBuffer buffer) {
    this.buffer = buffer;
    this.proc = root.resolve("proc");
    this.stat = KernelFile.open(proc, "stat");
    this.memory = KernelFile.open(proc, "meminfo");
  }

  /** Reads the state of the memory, of which the other methods then tell. */
  void readMemory() {
    boolean read = read(memory);
    total = read ? bytes(TOTAL) : ReadBuffer.NONE;
    available = read ? bytes(AVAILABLE) : ReadBuffer.NONE;
    swapTotal = read ? bytes(SWAP_TOTAL) : ReadBuffer.NONE;
    swapFree = read ? bytes(SWAP_FREE) : ReadBuffer.NONE;
  }

  OptionalLong memoryTotal() {
    return known(total);
  }

  /** Returns what is in use and cannot be taken back. */
  OptionalLong memoryUsed() {
    return used(total, available);
  }

  OptionalLong swapTotal() {
    return known(swapTotal);
  }

  OptionalLong swapUsed() {
    return used(swapTotal, swapFree);
  }

  /**
   * Returns the use of all cores since the call before, 0 to 1; empty at first and where no time
   * passed.
   */
  OptionalDouble cpuShare() {
    long[] before = times;
    long[] now = readTimes();
    times = now;
    return before == null || now == null ? OptionalDouble.empty() : share(before, now);
  }

  private long @Nullable [] readTimes() {
    if (!read(stat)) {
      return null;
    }
    long[] read = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      read[i] = buffer.field(i + 1);
      if (read[i] < 0) {
        return null;
      }
    }
    return read;
  }

  static OptionalDouble share(long[] before, long[] now) {
    long all = 0;
    for (int i = 0; i < now.length; i++) {
      all += now[i] - before[i];
    }
    long idle = now[IDLE] - before[IDLE] + now[WAITING] - before[WAITING];
    if (all <= 0 || idle < 0 || idle > all) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((double) (all - idle) / all);
  }

  /** Returns the load average of one minute. */
  OptionalDouble loadOneMinute() {
    try {
      String text = Files.readString(proc.resolve("loadavg"), StandardCharsets.US_ASCII);
      return OptionalDouble.of(Double.parseDouble(text.split(" ", 2)[0]));
    } catch (IOException | NumberFormatException unreadable) {
      return OptionalDouble.empty();
    }
  }

  /** Returns the processor's name, where the kernel tells it; else an empty text. */
  String cpuModel() {
    // The whole file asks every core for its pace; the name stands in the first lines.
    try (BufferedReader lines =
        Files.newBufferedReader(proc.resolve("cpuinfo"), StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          return "";
        }
        if (line.toLowerCase(Locale.ROOT).startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException unreadable) {
      return "";
    }
    return "";
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

  private long bytes(byte[] key) {
    long kibibytes = buffer.padded(key);
    return kibibytes < 0 ? ReadBuffer.NONE : kibibytes * KIB;
  }

  private static OptionalLong known(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static OptionalLong used(long total, long free) {
    return total < 0 || free < 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, total - free));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    for (KernelFile file : new KernelFile[] {stat, memory}) {
      if (file != null) {
        file.close();
      }
    }
  }
}
