package dev.quayside.common;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes files so that after a crash or a loss of power there is either the old content or the new,
 * on the disk, and so that nobody can read them who could not before.
 *
 * <p>A file that is replaced keeps its mode and, where this process may set them, its owner and its
 * group. Where a group cannot be kept, its rights are dropped: they would go to another. A new file
 * is readable by its owner only, from before its first byte. Access lists and extended attributes
 * are not carried over. A symbolic link stays; what it points to is replaced.
 */
public final class AtomicFiles {

  private static final Set<PosixFilePermission> PRIVATE =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final String LEFTOVER = ".quayside-";
  private static final int WIPE_CHUNK = 8192;
  private static final int WRITE_CHUNK = 64 * 1024;
  // S_ISGID: what is made in the folder gets the folder's group.
  private static final int SET_GROUP = 02000;

  private AtomicFiles() {}

  /**
   * Puts {@code content} in the place of {@code file} in one step: a reader sees the old bytes or
   * the new ones.
   *
   * @throws IOException if anything fails; the file is then as before
   */
  public static void replace(Path file, byte[] content) throws IOException {
    replace(file, content, Files::setAttribute, null);
  }

  /** Names the moments of a write at which a {@link Watch} is asked. */
  public enum Moment {
    /** Everything is ready and on the disk; the file itself is as before. */
    PREPARED,
    /** Part of the content is written over the file. */
    HALF_WRITTEN,
    /** All of the content is written over the file; a longer old one is not cut yet. */
    UNTRUNCATED,
    /** The file has its content and length, which are not on the disk yet. */
    UNFORCED
  }

  /** Is asked at the moments of a write; what it throws at the first leaves the file as it is. */
  public interface Watch {
    /** Looks, for example whether the file still is what it was when the write was planned. */
    void at(Moment moment) throws IOException;
  }

  /**
   * Does {@link #replace(Path, byte[])}, and asks {@code watch} once the new content is on the disk
   * beside the file. A file that was missing before is made and never written over.
   */
  public static void replace(Path file, byte[] content, Watch watch) throws IOException {
    replace(file, content, Files::setAttribute, watch);
  }

  /** Sets an attribute of a file; tests pass one that refuses as the kernel does. */
  interface AttributeSetter {
    void set(Path file, String attribute, Object value) throws IOException;
  }

  static void replace(Path file, byte[] content, AttributeSetter setter) throws IOException {
    replace(file, content, setter, null);
  }

  private static void replace(
      Path file, byte[] content, AttributeSetter setter, @Nullable Watch watch) throws IOException {
    Path real = target(file);
    Path folder = folderOf(real);
    Identity before = Identity.of(real);
    Path temporary = sibling(real);
    try {
      try (FileChannel channel = createPrivate(temporary)) {
        if (before != null) {
          before.keepOwner(temporary, setter);
        }
        writeAll(channel, content);
        if (before != null) {
          // The content is already complete, so the mode that the file always had opens nothing
          // early.
          Files.setPosixFilePermissions(temporary, before.modeFor(temporary));
        }
        channel.force(true);
      }
      if (watch != null) {
        watch.at(Moment.PREPARED);
      }
      if (watch != null && before == null) {
        makeOnly(temporary, real);
      } else {
        Files.move(
            temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException | RuntimeException failure) {
      try {
        discard(temporary);
      } catch (IOException left) {
        failure.addSuppressed(left);
      }
      throw failure;
    }
    force(folder);
  }

  /** Gives a file its name, which nobody else may have taken meanwhile. */
  private static void makeOnly(Path temporary, Path real) throws IOException {
    try {
      Files.createLink(real, temporary);
    } catch (FileAlreadyExistsException taken) {
      throw taken;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.move(temporary, real);
      return;
    }
    // Only the second name goes; the content stays under the first.
    Files.delete(temporary);
  }

  /**
   * Creates {@code file} with mode 0600 and {@code content}, on the disk when this returns; it must
   * not exist.
   */
  public static void create(Path file, byte[] content) throws IOException {
    try (FileChannel channel = createPrivate(file)) {
      writeAll(channel, content);
      channel.force(true);
    }
    force(folderOf(file));
  }

  /**
   * Creates {@code file} with mode 0600, which must not exist, for content that comes bit by bit;
   * it is on the disk once the stream is closed. A crash before may leave part of it.
   */
  public static OutputStream createStream(Path file) throws IOException {
    FileChannel channel = createPrivate(file);
    return new FilterOutputStream(Channels.newOutputStream(channel)) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        try (channel) {
          if (channel.isOpen()) {
            channel.force(true);
          }
        }
        force(folderOf(file));
      }
    };
  }

  /**
   * Writes {@code content} into the existing file without changing its identity, for a file that a
   * container has mounted by itself. This is not one step: a reader may see a mixture, and a crash
   * may leave one. So {@code copy} is first created (mode 0600) with the old content and forced to
   * disk; whoever finds it after a crash puts it back.
   */
  public static void overwrite(Path file, byte[] content, Path copy) throws IOException {
    byte[] old = Files.readAllBytes(file);
    try {
      create(copy, old);
    } finally {
      Arrays.fill(old, (byte) 0);
    }
    rewrite(file, content);
  }

  /**
   * Writes {@code content} into the existing file without changing its identity and without a copy.
   */
  public static void rewrite(Path file, byte[] content) throws IOException {
    rewrite(file, content, moment -> {});
  }

  /** Does {@link #rewrite(Path, byte[])}, and asks {@code watch} at each moment. */
  public static void rewrite(Path file, byte[] content, Watch watch) throws IOException {
    try (FileChannel channel = FileChannel.open(target(file), StandardOpenOption.WRITE)) {
      watch.at(Moment.PREPARED);
      writeAll(channel, content, watch);
      watch.at(Moment.UNTRUNCATED);
      channel.truncate(content.length);
      watch.at(Moment.UNFORCED);
      channel.force(true);
    }
  }

  /**
   * Takes {@code file} away in one step and destroys it; a crash leaves it whole or gone, never a
   * file of zeros under its name.
   */
  public static void withdraw(Path file) throws IOException {
    Path real = target(file);
    Path away = sibling(real);
    try {
      Files.move(real, away, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      return;
    }
    force(folderOf(real));
    destroy(away);
  }

  /**
   * Tells whether {@link #replace} would keep what the file is: one link, no access list, and an
   * owner and a group that this process may set, as far as anybody has a right by them. Where it
   * would not, {@link #overwrite} is the way.
   */
  public static boolean replaceable(Path file) throws IOException {
    int us = number(Path.of("/proc/self"), "uid");
    return replaceable(file, us, groups(Files.readAllLines(Path.of("/proc/self/status"))));
  }

  static boolean replaceable(Path file, int us, Set<Integer> groups) throws IOException {
    Path real = target(file);
    if (!Files.exists(real)) {
      return true;
    }
    Path folder = folderOf(real);
    if (number(real, "nlink") > 1
        || !Files.isWritable(folder)
        || AccessLists.on(real)
        || AccessLists.inherited(folder)) {
      return false;
    }
    if (us == 0) {
      return true;
    }
    int group = number(real, "gid");
    boolean inherited = (number(folder, "mode") & SET_GROUP) != 0 && number(folder, "gid") == group;
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(real);
    return us == number(real, "uid")
        && (groups.contains(group) || inherited || narrowed(mode, true, false).equals(mode));
  }

  /** Returns the effective and the further groups of a process out of its {@code status}. */
  static Set<Integer> groups(List<String> status) {
    Set<Integer> groups = new HashSet<>();
    for (String line : status) {
      String[] words = line.strip().split("\\s+", -1);
      if (words[0].equals("Gid:") && words.length > 2) {
        groups.add(Integer.parseUnsignedInt(words[2]));
      } else if (words[0].equals("Groups:")) {
        for (int i = 1; i < words.length; i++) {
          groups.add(Integer.parseUnsignedInt(words[i]));
        }
      }
    }
    return groups;
  }

  /**
   * Overwrites the file with zeros, forces that to disk and deletes it. On file systems that copy
   * on write, and on flash, old blocks may survive underneath; nothing above the file system can
   * prevent that.
   */
  public static void destroy(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long left = channel.size();
      channel.position(0);
      while (left > 0) {
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(left, WIPE_CHUNK));
        left -= zeros.remaining();
        while (zeros.hasRemaining()) {
          channel.write(zeros);
        }
      }
      channel.force(true);
    } catch (NoSuchFileException gone) {
      return;
    }
    Files.deleteIfExists(file);
    force(folderOf(file));
  }

  /**
   * Destroys what killed calls of {@link #replace} left beside {@code file}: complete or half
   * written new contents. Nobody may be replacing it meanwhile.
   */
  public static void clearLeftovers(Path file) throws IOException {
    Path real = target(file);
    String begin = "." + real.getFileName() + LEFTOVER;
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(folderOf(real))) {
      for (Path path : beside) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith(begin)
            && name.substring(begin.length()).matches("[0-9a-f]{16}")
            && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          left.add(path);
        }
      }
    }
    for (Path path : left) {
      discard(path);
    }
  }

  /** Destroys a temporary file, unless its content has got its real name too. */
  private static void discard(Path temporary) throws IOException {
    if (Files.exists(temporary) && number(temporary, "nlink") > 1) {
      delete(temporary);
    } else {
      destroy(temporary);
    }
  }

  /** Deletes the file if it is there and forces the folder to disk. */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      force(folderOf(file));
    }
  }

  /** Creates the folder and its missing parents with mode 0700. */
  public static void createFolder(Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    Path above = folder.toAbsolutePath();
    while (above != null && Files.notExists(above)) {
      missing.add(above);
      above = above.getParent();
    }
    FileAttribute<Set<PosixFilePermission>> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(folder, mode);
    // What is put into a folder is only as safe as the name of the folder.
    for (Path made : missing) {
      force(folderOf(made));
    }
  }

  /**
   * Forces the entries of {@code folder} to disk, so that a rename or a new name survives a loss of
   * power.
   */
  public static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileChannel createPrivate(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PRIVATE));
  }

  private static void writeAll(FileChannel channel, byte[] content) throws IOException {
    writeAll(channel, content, moment -> {});
  }

  private static void writeAll(FileChannel channel, byte[] content, Watch watch)
      throws IOException {
    // A buffer of our own: the one the JDK would copy into stays behind with its content.
    ByteBuffer buffer = ByteBuffer.allocateDirect(Math.min(content.length, WRITE_CHUNK));
    channel.position(0);
    int written = 0;
    try {
      while (written < content.length) {
        if (written > 0) {
          watch.at(Moment.HALF_WRITTEN);
        }
        int length = Math.min(content.length - written, buffer.capacity());
        buffer.clear();
        buffer.put(content, written, length).flip();
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        written += length;
      }
    } finally {
      buffer.clear();
      while (buffer.hasRemaining()) {
        buffer.put((byte) 0);
      }
    }
  }

  private static int number(Path file, String attribute) throws IOException {
    Object value = Files.getAttribute(file, "unix:" + attribute);
    if (value instanceof Integer number) {
      return number;
    }
    throw new IOException("the file system does not tell " + attribute + " of " + file);
  }

  private static Path target(Path file) throws IOException {
    return Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static Path folderOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    return parent;
  }

  private static Path sibling(Path file) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return file.resolveSibling("." + file.getFileName() + LEFTOVER + random);
  }

  /**
   * Returns what is left of a mode when the owner or the group has become another: nobody may gain
   * a right. The rights of a lost group go, and whoever was its member, or the owner, is now one of
   * those that follow and may have had less than they.
   */
  static Set<PosixFilePermission> narrowed(
      Set<PosixFilePermission> mode, boolean ownerKept, boolean groupKept) {
    Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission right : mode) {
      String name = right.name();
      String what = name.substring(name.indexOf('_'));
      boolean group = name.startsWith("GROUP_");
      boolean others = name.startsWith("OTHERS_");
      boolean owned = ownerKept || !(group || others) || mode.contains(right("OWNER" + what));
      boolean grouped = groupKept || (!group && (!others || mode.contains(right("GROUP" + what))));
      if (owned && grouped) {
        left.add(right);
      }
    }
    return left;
  }

  private static PosixFilePermission right(String name) {
    return PosixFilePermission.valueOf(name);
  }

  /** What a file is apart from its content. */
  private record Identity(Set<PosixFilePermission> mode, int user, int group) {

    static @Nullable Identity of(Path file) throws IOException {
      if (!Files.exists(file)) {
        return null;
      }
      return new Identity(
          Files.getPosixFilePermissions(file), number(file, "uid"), number(file, "gid"));
    }

    void keepOwner(Path other, AttributeSetter setter) throws IOException {
      trySet(other, "gid", group, setter);
      trySet(other, "uid", user, setter);
    }

    /** Returns the mode for another file, which may have another owner or group than this one. */
    Set<PosixFilePermission> modeFor(Path other) throws IOException {
      return narrowed(mode, number(other, "uid") == user, number(other, "gid") == group);
    }

    private static void trySet(Path file, String attribute, int wanted, AttributeSetter setter)
        throws IOException {
      if (number(file, attribute) != wanted) {
        try {
          setter.set(file, "unix:" + attribute, wanted);
        } catch (IOException notAllowed) {
          // Only root may give files away; the caller chose to replace although the owner changes.
        }
      }
    }
  }
}
