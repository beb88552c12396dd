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
      Set.of("bin", "boot", "dev", "lib", "lib32", "lib64", "libx32", "proc", "run", "sbin", "sys");

  /** Where disks have their places all the same: udisks mounts them below /run/media. */
  private static final Set<Path> OF_DISKS =
      Set.of(Path.of("/run/media"), Path.of("/var/run/media"));

  /** What packages bring, programs, and certificates of others. */
  private static final Set<Path> OF_PACKAGES =
      Set.of(
          Path.of("/etc/pki/ca-trust"),
          Path.of("/etc/pki/tls/certs"),
          Path.of("/etc/ssl/certs"),
          Path.of("/usr/bin"),
          Path.of("/usr/include"),
          Path.of("/usr/lib"),
          Path.of("/usr/lib32"),
          Path.of("/usr/lib64"),
          Path.of("/usr/libexec"),
          Path.of("/usr/sbin"),
          Path.of("/usr/share/ca-certificates"),
          Path.of("/usr/share/fonts"),
          Path.of("/usr/share/zoneinfo"));

  private static final Path SOURCES = Path.of("/usr/src");

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
          "/etc/timezone");

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
    if (source.getNameCount() == 0 || OF_DISKS.stream().anyMatch(source::startsWith)) {
      return false;
    }
    boolean kernel =
        source.startsWith(SOURCES)
            && (source.equals(SOURCES)
                || source.getName(SOURCES.getNameCount()).toString().startsWith("linux"));
    return kernel
        || DATALESS.contains(source.getName(0).toString())
        || source.startsWith("/var/run")
        || OF_PACKAGES.stream().anyMatch(source::startsWith);
  }
}
