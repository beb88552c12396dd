package dev.quayside.stack.picture;

import dev.quayside.common.Messages;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
   * Holds what could be counted where a part of it could not be read, or was too much to count.
   *
   * @param bytes counted
   * @param closed folders and files that could not be read, most often as this user may not
   * @param apart folders left out because they lie on another file system
   * @param cut whether counting was ended before the end
   */
  record AtLeast(long bytes, long closed, long apart, boolean cut) implements PlaceSize {}

  /** Tells that this user may not look into it at all. */
  record Closed() implements PlaceSize {}

  /**
   * Tells that measuring failed for another reason.
   *
   * @param reason for people; what the system says
   */
  record Unknown(String reason) implements PlaceSize {}

  /** Tells that it was not measured, on purpose. */
  record NotMeasured(Why why) implements PlaceSize {}

  /** Names why a place is not measured. */
  enum Why {
    /** It lies on the engine's machine, and that is not known to be this one. */
    ELSEWHERE,
    /** It is the whole file system of this machine. */
    ROOT,
    /** The kernel makes up what is in it. */
    KERNEL
  }

  /** Tells that nothing is there. */
  record Missing() implements PlaceSize {}

  /** Most files and folders that are counted; a tree of that size takes about half a minute. */
  int MOST = 1_000_000;

  /** File systems of the kernel (filesystems(5), {@code /proc/filesystems}) that hold no data. */
  Set<String> KERNEL =
      Set.of(
          "autofs",
          "binfmt_misc",
          "bpf",
          "cgroup",
          "cgroup2",
          "configfs",
          "debugfs",
          "devpts",
          "devtmpfs",
          "efivarfs",
          "fusectl",
          "mqueue",
          "nsfs",
          "proc",
          "pstore",
          "rpc_pipefs",
          "securityfs",
          "selinuxfs",
          "sysfs",
          "tracefs");

  /**
   * Measures {@code path}, following no links, and not beyond the file system that it lies on.
   * Reads folders for as long as that takes, and ends early when its thread is interrupted.
   */
  static PlaceSize of(Path path) {
    return of(path, MOST);
  }

  /** Measures as {@link #of(Path)} does, at most {@code most} files and folders. */
  static PlaceSize of(Path path, int most) {
    return of(path, most, folder -> Files.getAttribute(folder, "unix:dev"));
  }

  /** Tells on which device a folder lies. */
  @FunctionalInterface
  interface Devices {
    /** Returns something that is equal for folders on the same device. */
    Object of(Path folder) throws IOException;
  }

  /** Measures as {@link #of(Path)} does, where {@code devices} tells where a file system ends. */
  static PlaceSize of(Path path, int most, Devices devices) {
    if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      return new Missing();
    }
    Path real;
    try {
      // The place itself may be a link, as people move data to other disks.
      real = path.toRealPath();
    } catch (IOException failure) {
      return unread(failure);
    }
    if (real.getNameCount() == 0) {
      return new NotMeasured(Why.ROOT);
    }
    Counting counting = new Counting(most, devices);
    try {
      if (KERNEL.contains(Files.getFileStore(real).type())) {
        return new NotMeasured(Why.KERNEL);
      }
      Files.walkFileTree(real, counting);
    } catch (IOException failure) {
      counting.failed(failure);
    }
    return counting.result();
  }

  private static PlaceSize unread(IOException failure) {
    return switch (failure) {
      case AccessDeniedException closed -> new Closed();
      case NoSuchFileException gone -> new Unknown(Messages.of("stack").get("place.gone"));
      case FileSystemException said when said.getReason() != null -> new Unknown(said.getReason());
      default -> new Unknown(String.valueOf(failure.getMessage()));
    };
  }

  /** Counts one tree. */
  final class Counting extends SimpleFileVisitor<Path> {

    private final int most;
    private final Devices devices;
    private long bytes;
    private long files;
    private long folders;
    private long closed;
    private long apart;
    private boolean cut;
    private @Nullable Object device;
    private @Nullable IOException first;

    private Counting(int most, Devices devices) {
      this.most = most;
      this.devices = devices;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Object own;
      try {
        own = devices.of(folder);
      } catch (IOException gone) {
        if (device == null) {
          throw gone;
        }
        failed(gone);
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (device == null) {
        device = own;
      } else if (!device.equals(own)) {
        apart++;
        return FileVisitResult.SKIP_SUBTREE;
      }
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
      failed(failure);
      return further();
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      if (failure != null) {
        failed(failure);
      }
      return FileVisitResult.CONTINUE;
    }

    private void failed(IOException failure) {
      closed++;
      first = first == null ? failure : first;
    }

    private FileVisitResult further() {
      cut = files + folders + closed >= most || Thread.currentThread().isInterrupted();
      return cut ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private PlaceSize result() {
      if (first != null && files + folders == 0) {
        return unread(first);
      }
      return closed > 0 || apart > 0 || cut
          ? new AtLeast(bytes, closed, apart, cut)
          : new Known(bytes, files);
    }
  }
}
