package dev.quayside.backup.tar;

import org.jspecify.annotations.Nullable;

/**
 * Describes one entry of a tar stream.
 *
 * @param path relative, without a slash at either end
 * @param type what it is
 * @param size bytes of content; 0 for everything but files
 * @param mode permission bits, 0 to 07777
 * @param user id of the owner
 * @param group id of the group
 * @param modified when its content changed last
 * @param link target of a symbolic link as it is written, or path of the entry a hard link repeats;
 *     null otherwise
 */
public record TarEntry(
    RawPath path,
    Type type,
    long size,
    int mode,
    long user,
    long group,
    TarTime modified,
    @Nullable RawPath link) {

  /** Names what an entry is. Everything else (devices, named pipes, sparse files) is refused. */
  public enum Type {
    /** A regular file. */
    FILE('0'),
    /** Another name of a file that came before. */
    HARD_LINK('1'),
    /** A symbolic link. */
    SYMBOLIC_LINK('2'),
    /** A folder. */
    FOLDER('5');

    private final char flag;

    Type(char flag) {
      this.flag = flag;
    }

    /** Returns the type flag of POSIX.1-2001. */
    public char flag() {
      return flag;
    }
  }

  /** Returns a plain file with mode 0600 that belongs to nobody in particular. */
  public static TarEntry plain(String path, long size, TarTime modified) {
    return new TarEntry(RawPath.of(path), Type.FILE, size, 0600, 0, 0, modified, null);
  }

  /** Returns a folder with mode 0700 that belongs to nobody in particular. */
  public static TarEntry folder(String path, TarTime modified) {
    return new TarEntry(RawPath.of(path), Type.FOLDER, 0, 0700, 0, 0, modified, null);
  }
}
