package dev.quayside.backup;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds folders that were moved, deleted or exchanged under a running container: it goes on with
 * what was there when it started, which is not what a copy of the path would hold, nor what it
 * would find after a stop.
 */
final class Moved {

  private static final Set<String> LAYERED = Set.of("overlay", "aufs");

  private Moved() {}

  /**
   * Returns the first of its mounts that a container would not find again as it is; null for none.
   * Places of the system, and sockets, change as the host likes and hold nothing of the service.
   */
  static @Nullable String dataOf(ContainerInspection seen) {
    return seen.mounts().stream()
        .filter(mount -> data(mount) && is(mount, seen.container()))
        .map(ContainerInspection.Mount::source)
        .findFirst()
        .orElse(null);
  }

  private static boolean data(ContainerInspection.Mount mount) {
    Path source = Path.of(mount.source()).normalize();
    boolean special =
        Files.exists(source) && !Files.isDirectory(source) && !Files.isRegularFile(source);
    return mount.type().equals("bind") && !special && !SystemPlaces.dataless(source);
  }

  /** Returns whether {@code container} runs on something else than what {@code mount} names now. */
  static boolean is(ContainerInspection.Mount mount, Container container) {
    Instant startedAt = container.facts() == null ? null : container.facts().startedAt();
    return mount.type().equals("bind")
        && container.live()
        && is(Path.of(mount.source()).normalize(), mount.writable() ? startedAt : null);
  }

  /**
   * Returns whether {@code source} is gone, or is a folder that was made after {@code startedAt};
   * null asks only for the first. Files are mostly settings, which editors replace, and the service
   * will read the new one. One older folder in the place of another is not seen.
   */
  static boolean is(Path source, @Nullable Instant startedAt) {
    return Files.notExists(source)
        || (startedAt != null && Files.isDirectory(source) && newer(source, startedAt));
  }

  private static boolean newer(Path source, Instant startedAt) {
    try {
      if (LAYERED.contains(Files.getFileStore(source).type())) {
        return false; // A folder is born there once more when something in it first changes.
      }
      for (Path each = source; each != null; each = each.getParent()) {
        // A link that points elsewhere now was made anew.
        if ((each.equals(source) || Files.isSymbolicLink(each)) && born(each, startedAt)) {
          return true;
        }
      }
      return Files.isSymbolicLink(source) && newer(source.toRealPath(), startedAt);
    } catch (IOException hidden) {
      return false; // What cannot be looked at is read through the engine, as the service sees it.
    }
  }

  private static boolean born(Path path, Instant startedAt) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return facts.creationTime().toInstant().isAfter(startedAt) && keepsBirths(path);
  }

  /**
   * Where a file system keeps no birth, the last change is told instead (BasicFileAttributes). What
   * put the path into its folder has changed that since it was made, so that the two differ there.
   */
  private static boolean keepsBirths(Path path) throws IOException {
    Path parent = path.getParent();
    boolean mounted =
        parent != null
            && !Files.isSymbolicLink(path)
            && !Files.getFileStore(parent).equals(Files.getFileStore(path));
    Path judged = parent == null || mounted ? path : parent;
    BasicFileAttributes facts = Files.readAttributes(judged, BasicFileAttributes.class);
    return !facts.creationTime().equals(facts.lastModifiedTime());
  }
}
