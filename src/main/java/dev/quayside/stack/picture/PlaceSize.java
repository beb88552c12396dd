package dev.quayside.stack.picture;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells how large a file or folder is; what cannot be read is not guessed. */
public sealed interface PlaceSize {

  /**
   * Holds a measured size.
   *
   * @param bytes sum of the lengths of its files; sparse files count whole, hard links each time
   * @param files how many
   */
  record Known(long bytes, long files) implements PlaceSize {}

  /**
   * Holds what could be counted where a part of it is closed to us, or there was too much to count.
   *
   * @param bytes counted
   * @param closed folders and files that this user may not read
   * @param cut whether counting was ended before the end
   */
  record AtLeast(long bytes, long closed, boolean cut) implements PlaceSize {}

  /** Tells that this user may not look into it at all. */
  record Closed() implements PlaceSize {}

  /** Tells that nothing is there. */
  record Missing() implements PlaceSize {}

  /** Most files and folders that are counted; a tree of that size takes about half a minute. */
  int MOST = 1_000_000;

  /**
   * Measures {@code path}, following no links. Reads folders for as long as that takes, and ends
   * early when its thread is interrupted.
   */
  static PlaceSize of(Path path) {
    return of(path, MOST);
  }

  /** Measures as {@link #of(Path)} does, at most {@code most} files and folders. */
  static PlaceSize of(Path path, int most) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Files.notExists(path, LinkOption.NOFOLLOW_LINKS) ? new Missing() : new Closed();
    }
    Counting counting = new Counting(most);
    try {
      // The place itself may be a link, as people move data to other disks.
      Files.walkFileTree(path.toRealPath(), counting);
    } catch (AccessDeniedException closed) {
      return new Closed();
    } catch (IOException failure) {
      counting.closed++;
    }
    return counting.result();
  }

  /** Counts one tree. */
  final class Counting extends SimpleFileVisitor<Path> {

    private final int most;
    private long bytes;
    private long files;
    private long folders;
    private long closed;
    private boolean cut;

    private Counting(int most) {
      this.most = most;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      folders++;
      return further();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      files++;
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return further();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      closed++;
      return further();
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException failure) {
      closed += failure == null ? 0 : 1;
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult further() {
      cut = files + folders + closed >= most || Thread.currentThread().isInterrupted();
      return cut ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private PlaceSize result() {
      if (closed > 0 && files + folders == 0) {
        return new Closed();
      }
      return closed > 0 || cut ? new AtLeast(bytes, closed, cut) : new Known(bytes, files);
    }
  }
}
