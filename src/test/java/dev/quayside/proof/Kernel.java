package dev.quayside.proof;

import dev.quayside.bed.Bed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a container's control group files. Sources: kernel documentation, cgroup-v1/memory.rst,
 * cgroup-v1/cpuacct.rst, cgroup-v2.rst.
 */
final class Kernel {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final boolean UNIFIED = Files.exists(ROOT.resolve("cgroup.controllers"));

  private final Path memory;
  private final Path processor;

  private Kernel(Path memory, Path processor) {
    this.memory = memory;
    this.processor = processor;
  }

  static Kernel of(Bed bed, String id) {
    Path group = Path.of(bed.controlGroup(), id);
    return UNIFIED
        ? new Kernel(ROOT.resolve(group), ROOT.resolve(group))
        : new Kernel(ROOT.resolve("memory").resolve(group), ROOT.resolve("cpuacct").resolve(group));
  }

  /** Returns the limit, or the memory of the whole machine without one. */
  long memoryLimit() throws IOException {
    String text = line(memory.resolve(UNIFIED ? "memory.max" : "memory.limit_in_bytes"));
    // Version 1 says "no limit" with the largest number of whole pages.
    long limit = text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text);
    return Math.min(limit, value(Path.of("/proc/meminfo"), "MemTotal:") * 1024);
  }

  /** Returns what is in use without the page cache that the kernel can take back at once. */
  long memory() throws IOException {
    long used =
        Long.parseLong(line(memory.resolve(UNIFIED ? "memory.current" : "memory.usage_in_bytes")));
    Path details = memory.resolve("memory.stat");
    return used - value(details, UNIFIED ? "inactive_file" : "total_inactive_file");
  }

  /** Returns the processor time used so far in seconds. */
  double processorSeconds() throws IOException {
    return UNIFIED
        ? value(processor.resolve("cpu.stat"), "usage_usec") / 1e6
        : Long.parseLong(line(processor.resolve("cpuacct.usage"))) / 1e9;
  }

  private static String line(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static long value(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.split("\\s+"))
        .filter(words -> words[0].equals(name))
        .mapToLong(words -> Long.parseLong(words[1]))
        .findFirst()
        .orElseThrow();
  }
}
