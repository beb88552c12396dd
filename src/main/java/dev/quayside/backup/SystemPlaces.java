package dev.quayside.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Tells what of the host belongs to its system, and what of that is no data of anybody. */
final class SystemPlaces {

  private static final Set<String> SYSTEM =
      Set.of(
          "bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "run", "sbin",
          "sys", "usr");

  /**
   * What the kernel shows there or is kept in memory; nothing of it outlives it. The rest comes
   * from the packages of the system.
   */
  private static final Set<String> DATALESS =
      Set.of(
          "bin", "boot", "dev", "lib", "lib32", "lib64", "libx32", "proc", "run", "sbin", "sys",
          "usr");

  /** Where operators and disks have their places all the same: udisks mounts below /run/media. */
  private static final Set<Path> OF_OPERATORS =
      Set.of(Path.of("/usr/local"), Path.of("/run/media"), Path.of("/var/run/media"));

  /** Certificates of others, which packages bring. */
  private static final Set<Path> TRUSTED = Set.of(Path.of("/etc/ssl/certs"), Path.of("/etc/pki"));

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
        || ofPackagesOrMemory(source)
        || source.toString().endsWith(".sock")
        || OF_EVERY_HOST.contains(source.toString());
  }

  private static boolean ofPackagesOrMemory(Path source) {
    if (source.getNameCount() == 0
        || OF_OPERATORS.stream().anyMatch(source::startsWith)
        || source.equals(Path.of("/usr"))) { // it holds /usr/local
      return false;
    }
    return DATALESS.contains(source.getName(0).toString())
        || source.startsWith("/var/run")
        || TRUSTED.stream().anyMatch(source::startsWith);
  }
}
