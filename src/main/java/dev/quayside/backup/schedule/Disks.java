package dev.quayside.backup.schedule;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Tells on which disks a path lies, so that a backup beside its data can be warned of. */
final class Disks {

  private static final int DEEPEST = 8;

  private final Path blocks;

  /** Reads the kernel's own list, usually {@code /sys/dev/block}. */
  Disks(Path blocks) {
    this.blocks = blocks;
  }

  /** Returns those of this machine. */
  static Disks ofMachine() {
    return new Disks(Path.of("/sys/dev/block"));
  }

  /**
   * Returns whether two paths share a disk, as far as it can be told: the same file system, or file
   * systems on parts of one disk. A file system of several disks counts for each of them.
   */
  boolean shared(Path one, Path other) throws IOException {
    long first = device(one);
    long second = device(other);
    if (first == second) {
      return true;
    }
    Set<Path> both = disks(first);
    both.retainAll(disks(second));
    return !both.isEmpty();
  }

  private static long device(Path path) throws IOException {
    if (Files.getAttribute(path, "unix:dev") instanceof Long device) {
      return device;
    }
    throw new IOException("the file system does not name its device");
  }

  /** Returns the disks below a device; none for those that are no disk, as in memory. */
  private Set<Path> disks(long device) throws IOException {
    Set<Path> found = new TreeSet<>();
    Path link = blocks.resolve(major(device) + ":" + minor(device));
    if (Files.exists(link)) {
      collect(link.toRealPath(), found, 0);
    }
    return found;
  }

  private static void collect(Path device, Set<Path> found, int depth) throws IOException {
    Path disk = Files.exists(device.resolve("partition")) ? device.getParent() : device;
    boolean made = false;
    Path parts = device.resolve("slaves");
    if (depth < DEEPEST && Files.isDirectory(parts)) {
      try (DirectoryStream<Path> each = Files.newDirectoryStream(parts)) {
        for (Path part : each) {
          made = true;
          collect(part.toRealPath(), found, depth + 1);
        }
      }
    }
    if (!made && disk != null) {
      found.add(disk);
    }
  }

  // The two halves as the C library packs them (gnu_dev_major, gnu_dev_minor).
  private static long major(long device) {
    return ((device >>> 8) & 0xFFF) | ((device >>> 32) & ~0xFFFL);
  }

  private static long minor(long device) {
    return (device & 0xFF) | ((device >>> 12) & ~0xFFL);
  }
}
