package dev.quayside.backup;

import dev.quayside.backup.tar.TarTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * Holds what the system knows of a file, a folder or a link itself.
 *
 * @param kind what it is
 * @param mode permission bits, 0 to 07777
 * @param device number of the device it is on
 * @param inode its number there
 * @param links how many names it has
 * @param user id of the owner
 * @param group id of the group
 * @param size in bytes
 * @param modified when its content changed last
 */
record FileFacts(
    Kind kind,
    int mode,
    long device,
    long inode,
    int links,
    long user,
    long group,
    long size,
    TarTime modified) {

  private static final String WANTED = "unix:mode,dev,ino,nlink,uid,gid,size,lastModifiedTime";
  private static final int TYPE_MASK = 0170000;
  private static final int MODE_MASK = 07777;
  private static final long UNSIGNED = 0xFFFFFFFFL;

  /** Names what a path leads to. */
  enum Kind {
    FILE,
    FOLDER,
    LINK,
    SOCKET,
    PIPE,
    DEVICE
  }

  /** Asks the system about {@code path} itself, not about what a link leads to. */
  static FileFacts of(Path path) throws IOException {
    Map<String, Object> found = Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS);
    int mode = number(found, "mode").intValue();
    return new FileFacts(
        kind(mode & TYPE_MASK),
        mode & MODE_MASK,
        number(found, "dev").longValue(),
        number(found, "ino").longValue(),
        number(found, "nlink").intValue(),
        number(found, "uid").intValue() & UNSIGNED,
        number(found, "gid").intValue() & UNSIGNED,
        number(found, "size").longValue(),
        modified(found));
  }

  private static TarTime modified(Map<String, Object> found) throws IOException {
    if (found.get("lastModifiedTime") instanceof FileTime time) {
      return TarTime.of(time);
    }
    throw new IOException("the file system does not tell the time");
  }

  private static Number number(Map<String, Object> found, String name) throws IOException {
    if (found.get(name) instanceof Number number) {
      return number;
    }
    throw new IOException("the file system does not tell " + name);
  }

  private static Kind kind(int type) {
    return switch (type) {
      case 0100000 -> Kind.FILE;
      case 0040000 -> Kind.FOLDER;
      case 0120000 -> Kind.LINK;
      case 0140000 -> Kind.SOCKET;
      case 0010000 -> Kind.PIPE;
      default -> Kind.DEVICE;
    };
  }

  /**
   * Returns whether both describe the same file with the same content, as far as can be told
   * without reading it.
   */
  boolean sameContent(FileFacts other) {
    return device == other.device
        && inode == other.inode
        && size == other.size
        && modified.equals(other.modified);
  }
}
