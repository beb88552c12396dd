package dev.quayside.telemetry.host;

import dev.quayside.common.MountPoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the mounts that hold given folders by their names alone: it touches no file below them,
 * because one on a dead network share would hang.
 */
final class DataMounts {

  private DataMounts() {}

  /**
   * Returns the mount points that hold {@code folders}, each once, in order; empty where the kernel
   * tells none.
   */
  static Set<String> holding(Path mountinfo, Collection<Path> folders) {
    List<Path> points;
    try {
      points = MountPoints.parse(Files.readAllLines(mountinfo, StandardCharsets.ISO_8859_1));
    } catch (IOException noProc) {
      return Set.of();
    }
    Set<String> found = new TreeSet<>();
    for (Path folder : folders) {
      Path holder = holder(points, folder.toAbsolutePath().normalize());
      if (holder != null) {
        found.add(holder.toString());
      }
    }
    return found;
  }

  static @Nullable Path holder(List<Path> points, Path folder) {
    Path longest = null;
    for (Path point : points) {
      if (folder.startsWith(point)
          && (longest == null || point.getNameCount() >= longest.getNameCount())) {
        longest = point;
      }
    }
    return longest;
  }
}
