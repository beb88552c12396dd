package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes an archive's file under a hidden name with mode 0600, and gives it its final name, which
 * must be free, only when everything is on the disk.
 */
final class ArchiveFile extends OutputStream {

  /** What the hidden name ends with. */
  static final String PART_SUFFIX = ".quayside-part";

  private static final int BUFFER = 256 * 1024;

  private final Path part;
  private final Path target;
  private final FileChannel channel;
  private final FileFacts folder;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long size;

  private ArchiveFile(Path part, Path target, FileChannel channel, FileFacts folder) {
    this.part = part;
    this.target = target;
    this.channel = channel;
    this.folder = folder;
  }

  /** Returns the hidden name of an archive that is being written. */
  static Path part(Path target) {
    return target.resolveSibling("." + target.getFileName() + PART_SUFFIX);
  }

  static ArchiveFile create(Path target) throws IOException {
    Path part = part(target);
    FileFacts folder = home(target);
    FileChannel channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new ArchiveFile(part, target, channel, folder);
  }

  private static FileFacts home(Path target) throws IOException {
    try {
      return FileFacts.of(folder(target).toRealPath());
    } catch (NoSuchFileException e) {
      // Looked at before anything is made: it was there then.
      throw new TargetException(e, true);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      int taken = Math.min(left, buffer.remaining());
      buffer.put(source, from, taken);
      from += taken;
      left -= taken;
      if (!buffer.hasRemaining()) {
        drain();
      }
    }
    size += length;
  }

  private void drain() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    buffer.clear();
  }

  long size() {
    return size;
  }

  /** Forces everything to the disk; nothing can be written afterwards. */
  void sync() throws IOException {
    drain();
    try {
      channel.force(true);
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Returns what a failure to write or to read back means: perhaps the disk was unplugged. */
  TargetException failed(IOException e) {
    return new TargetException(e, away());
  }

  /** Returns whether another folder, or none, is where the file was begun. */
  private boolean away() {
    try {
      FileFacts now = FileFacts.of(folder(target).toRealPath());
      return now.device() != folder.device() || now.inode() != folder.inode();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Gives the file its final name, on the disk when this returns. Fails if the name is taken
   * meanwhile.
   */
  void publish() throws IOException {
    try {
      name(part, target);
      keep();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Gives {@code hidden} the name {@code target}, which must be free, in one step. */
  static void name(Path hidden, Path target) throws IOException {
    try {
      // Unlike a rename, a link never replaces what somebody else put there.
      Files.createLink(target, hidden);
      Files.delete(hidden);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      // File systems of removable media have no hard links.
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** A name that may not survive a loss of power is none: then there is no archive. */
  private void keep() throws IOException {
    try {
      AtomicFiles.force(folder(target));
    } catch (IOException e) {
      Files.deleteIfExists(target);
      throw e;
    }
  }

  private static Path folder(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("an archive needs a folder");
    }
    return folder;
  }

  /**
   * Removes the hidden file, if it is still there.
   *
   * @throws IOException also if its disk is not plugged in any more, where it may lie still
   */
  void discard() throws IOException {
    channel.close();
    if (away()) {
      throw new IOException("the folder of " + part + " is not there any more");
    }
    Files.deleteIfExists(part);
  }

  @Override
  public void close() {
    // The message that is written into this stream must not close the file before it is synced.
  }
}
