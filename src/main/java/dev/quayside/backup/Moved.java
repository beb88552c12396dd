package dev.quayside.backup;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds folders that were moved, deleted or exchanged under a running container: it goes on with
 * what was there when it started, which is not what a copy of the path would hold, nor what it
 * would find after a stop.
 */
final class Moved {

  private Moved() {}

  /** Returns whether {@code container} runs on something else than what {@code mount} names now. */
  static boolean is(ContainerInspection.Mount mount, Container container) {
    Instant startedAt = container.facts() == null ? null : container.facts().startedAt();
    return mount.type().equals("bind")
        && container.live()
        && is(Path.of(mount.source()).normalize(), mount.writable() ? startedAt : null);
  }

  /**
   * Returns whether {@code source} is gone, or was made after {@code startedAt}; null asks only for
   * the first. What is only read may well be a newer file than the one that is read: nothing is
   * lost by it. One older folder in the place of another is not seen.
   */
  static boolean is(Path source, @Nullable Instant startedAt) {
    return Files.notExists(source) || (startedAt != null && newer(source, startedAt));
  }

  private static boolean newer(Path source, Instant startedAt) {
    try {
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

  /** Where a file system keeps no birth, the last change is told instead (BasicFileAttributes). */
  private static boolean born(Path path, Instant startedAt) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return facts.creationTime().toInstant().isAfter(startedAt) && keepsBirths(path);
  }

  private static boolean keepsBirths(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      return false;
    }
    // Whatever put the path there has changed its folder since that was made.
    BasicFileAttributes facts = Files.readAttributes(parent, BasicFileAttributes.class);
    return !facts.creationTime().equals(facts.lastModifiedTime());
  }
}
