package dev.quayside.backup;

import dev.quayside.common.Progress;
import dev.quayside.common.Quantities;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Sees to it that a restore fits on the disk and can be stopped. What the plan says is only a
 * claim, so the disk itself is asked again and again while content comes. For one thread.
 */
final class RestoreRoom {

  /** What a restore leaves free at least, so that the system can go on. */
  static final long RESERVE = 16L << 20;

  /** How many bytes may come until the disk is asked again: less than what is left free. */
  static final long EVERY = RESERVE / 2;

  /** What a file takes at least besides its content. */
  private static final int BLOCK = 4096;

  private final Path staging;
  private final Progress progress;
  private final Disk disk;
  private long unasked;

  /** Tells how much room is left. */
  interface Disk {
    /** Returns the bytes that may still be written. */
    long free() throws IOException;
  }

  RestoreRoom(Path staging, Progress progress, Disk disk) {
    this.staging = staging;
    this.progress = progress;
    this.disk = disk;
  }

  /** Refuses a plan that does not fit. */
  void require(ArchivePlan plan) throws IOException {
    long needed = RESERVE;
    try {
      for (ArchivePlan.Part part : plan.parts()) {
        needed = Math.addExact(needed, part.kind().inPlace() ? 0 : part.bytes());
      }
    } catch (ArithmeticException more) {
      needed = Long.MAX_VALUE;
    }
    require(needed);
  }

  /** Refuses content and a number of files and folders that do not fit. */
  void require(long bytes, long nodes) throws IOException {
    // Nothing has more than a billion entries, so that only the first sum may be too much.
    long sum = bytes + nodes * BLOCK + RESERVE;
    require(sum < 0 ? Long.MAX_VALUE : sum);
  }

  private void require(long needed) throws IOException {
    long free = disk.free();
    if (needed > free) {
      throw new RefusedException(
          ArchiveProblems.of(
              "BACKUP-NO-ROOM", staging, Quantities.bytes(needed), Quantities.bytes(free)));
    }
  }

  /** Stops if the operator asked for it. */
  void check() throws CancelledException {
    if (progress.cancelled()) {
      throw new CancelledException();
    }
  }

  /** Counts a folder or a link. */
  void node() throws IOException {
    coming(BLOCK);
  }

  private void coming(int bytes) throws IOException {
    unasked += bytes;
    if (unasked >= EVERY) {
      unasked = 0;
      check();
      if (disk.free() < RESERVE) {
        throw new RefusedException(ArchiveProblems.of("BACKUP-DISK-FULL", staging));
      }
    }
  }

  /** Watches what is written to {@code target}, a file of its own. */
  OutputStream watching(OutputStream target) throws IOException {
    coming(BLOCK);
    return new FilterOutputStream(target) {
      @Override
      public void write(int single) throws IOException {
        coming(1);
        out.write(single);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        coming(length);
        out.write(source, offset, length);
      }
    };
  }
}
