package dev.quayside.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes and removes the hidden folder in which a restore is prepared. */
final class StagingFolder {

  /** What its name ends with. */
  static final String SUFFIX = ".quayside-staging";

  private static final int STICKY = 01000;
  private static final Path SELF = Path.of("/proc/self");

  private StagingFolder() {}

  /**
   * Returns the staging folder for a restore to {@code target}: its sibling, so that a rename puts
   * it in place.
   */
  static Path of(Path target, String id) {
    return target.resolveSibling("." + target.getFileName() + "-" + id + SUFFIX);
  }

  /**
   * Returns whether nobody but us and root can take a staging folder in {@code parent} away and put
   * something else in its place. A group of the owner's own name has no other members by custom.
   */
  static boolean safeIn(Path parent) throws IOException {
    PosixFileAttributes facts = Files.readAttributes(parent, PosixFileAttributes.class);
    boolean sticky =
        Files.getAttribute(parent, "unix:mode") instanceof Integer mode && (mode & STICKY) != 0;
    Set<PosixFilePermission> mode = facts.permissions();
    boolean byGroup =
        mode.contains(PosixFilePermission.GROUP_WRITE)
            && !facts.group().getName().equals(facts.owner().getName());
    boolean byOthers = mode.contains(PosixFilePermission.OTHERS_WRITE);
    Object owner = Files.getAttribute(parent, "unix:uid");
    boolean ours = owner.equals(0) || owner.equals(Files.getAttribute(SELF, "unix:uid"));
    return ours && (sticky || !(byGroup || byOthers));
  }

  static void create(Path staging) throws IOException {
    Files.createDirectory(
        staging,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /**
   * Removes the folder with everything in it, following no link; does nothing if it is not there.
   */
  static void remove(Path staging) throws IOException {
    if (!Files.exists(staging, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(staging, new Removal());
  }

  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      // A restored folder may be closed even to its owner.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        remove(path);
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
