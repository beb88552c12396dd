package dev.quayside.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Tells what of the host belongs to its system, and what of that is no data of anybody. */
final class SystemPlaces {

  private static final Set<String> SYSTEM =
      Set.of("bin", "boot", "dev", "etc", "lib", "lib64", "proc", "run", "sbin", "sys", "usr");

  /** What the kernel shows there; nothing of it outlives it. */
  private static final Set<String> KERNEL = Set.of("dev", "proc", "sys");

  /** What every host has of its own, and a container gets to be like it. */
  private static final Set<String> OF_EVERY_HOST =
      Set.of(
          "/etc/group",
          "/etc/hostname",
          "/etc/hosts",
          "/etc/localtime",
          "/etc/machine-id",
          "/etc/passwd",
          "/etc/resolv.conf",
          "/etc/timezone",
          "/usr/share/zoneinfo");

  private SystemPlaces() {}

  /** Returns whether {@code source} belongs to the system, where a stack should keep nothing. */
  static boolean at(Path source) {
    return source.getNameCount() == 0
        || SYSTEM.contains(source.getName(0).toString())
        || source.startsWith("/var/run");
  }

  /** Returns whether {@code source} belongs to the system, and nobody can keep anything there. */
  static boolean dataless(Path source) {
    if (!at(source)) {
      return false;
    }
    boolean special =
        Files.exists(source) && !Files.isDirectory(source) && !Files.isRegularFile(source);
    return special
        || (source.getNameCount() > 0 && KERNEL.contains(source.getName(0).toString()))
        || source.toString().endsWith(".sock")
        || OF_EVERY_HOST.contains(source.toString());
  }
}
