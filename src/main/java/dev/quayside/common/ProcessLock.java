package dev.quayside.common;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds an exclusive lock against other threads and other processes until it is closed. The kernel
 * gives it back when the process ends in any way. Not re-entrant; may be closed by another thread
 * than the one that took it.
 */
public final class ProcessLock implements AutoCloseable {

  /**
   * One permit per lock file. The kernel's record locks belong to the whole process, and closing
   * any handle of a file gives back all of them: two threads must therefore never have the same
   * lock file open at once. This table is the image of that per-process state and so the one static
   * that may change.
   */
  private static final ConcurrentHashMap<Path, Semaphore> HELD_HERE = new ConcurrentHashMap<>();

  private static final long RETRY_MILLIS = 5;

  private final Semaphore permit;
  private final FileChannel channel;
  private boolean closed;

  private ProcessLock(Semaphore permit, FileChannel channel) {
    this.permit = permit;
    this.channel = channel;
  }

  /**
   * Takes the lock that {@code file} stands for; the file is created (mode 0600) if it is missing
   * and never removed.
   *
   * @param patience how long to wait for other holders; zero to try once
   * @return the lock, or null if somebody else held it all the time
   * @throws IOException if the file cannot be opened, or the thread is interrupted while it waits
   */
  public static @Nullable ProcessLock acquire(Path file, Duration patience) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("not a file: " + file);
    }
    Path key = folder.toRealPath().resolve(file.getFileName());
    long deadline = System.nanoTime() + patience.toNanos();
    Semaphore permit = HELD_HERE.computeIfAbsent(key, _ -> new Semaphore(1));
    try {
      if (!permit.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return null;
      }
    } catch (InterruptedException interrupted) {
      throw interrupted(file);
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel = open(key);
      taken = lock(channel, deadline, file);
      return taken ? new ProcessLock(permit, channel) : null;
    } finally {
      if (!taken) {
        if (channel != null) {
          channel.close();
        }
        permit.release();
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static boolean lock(FileChannel channel, long deadline, Path file) throws IOException {
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return true;
      }
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      try {
        Thread.sleep(RETRY_MILLIS);
      } catch (InterruptedException interrupted) {
        throw interrupted(file);
      }
    }
  }

  private static IOException interrupted(Path file) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted while waiting for " + file);
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        channel.close();
      } finally {
        permit.release();
      }
    }
  }
}
