package dev.quayside.backup;

import dev.quayside.common.MountPoints;
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
import java.util.List;
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
   *
   * @throws IOException if something is mounted in it, before anything is removed; or at the end,
   *     if something of it could not be removed
   */
  static void remove(Path staging) throws IOException {
    IOException first = removeMost(staging);
    if (first != null) {
      throw first;
    }
  }

  /**
   * Removes what may be removed: where a container wrote as root, the rest is for root to remove.
   *
   * @return what kept the first of what is left; null if nothing is left
   * @throws IOException if something is mounted in it; nothing is removed then
   */
  static @Nullable IOException removeMost(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    Path parent = folder.toAbsolutePath().getParent();
    Path whole = parent == null ? folder : parent.toRealPath().resolve(folder.getFileName());
    List<Path> mounted = MountPoints.within(whole);
    if (!mounted.isEmpty()) {
      throw new IOException("another file system is mounted at " + mounted.getFirst());
    }
    Removal removal = new Removal();
    Files.walkFileTree(folder, removal);
    return removal.first;
  }

  private static final class Removal extends SimpleFileVisitor<Path> {

    private @Nullable IOException first;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      open(folder);
      return FileVisitResult.CONTINUE;
    }

    /** A restored folder may be closed even to its owner; that of another stays as it is. */
    private static boolean open(Path folder) {
      try {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return true;
      } catch (IOException notOurs) {
        return false;
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && open(path)) {
        Files.walkFileTree(path, this);
        return FileVisitResult.CONTINUE;
      }
      return deleted(path); // one that is empty may go unread
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return deleted(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return e == null ? deleted(folder) : kept(e);
    }

    private FileVisitResult deleted(Path path) {
      try {
        Files.deleteIfExists(path);
        return FileVisitResult.CONTINUE;
      } catch (IOException e) {
        return kept(e);
      }
    }

    private FileVisitResult kept(IOException e) {
      if (first == null) {
        first = e;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
