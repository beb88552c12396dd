package dev.quayside.telemetry.local;

import dev.quayside.telemetry.SelfSample;
import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Samples what Quayside itself uses, children included: those that run by their own figures, those
 * that ended by what the kernel added to ours (proc_pid_stat(5), proc_pid_task(5)). One thread uses
 * it.
 */
public final class SelfSampler {

  /** Children come and go seldom; looking for them costs a file for each thread. */
  private static final int SWEEPS_PER_LOOK = 5;

  // Jiffies of user space are 1/100 s on every Linux we run on (USER_HZ).
  private static final double TICKS_PER_SECOND = 100;
  private static final int FIELDS_TO_USER_TIME = 11;
  private static final int DEPTH = 3;
  private static final long KIB = 1024;
  private static final byte[] RESIDENT = "VmRSS:".getBytes(StandardCharsets.US_ASCII);

  private final Path proc;
  private final LongSupplier nanoTime;
  private final ReadBuffer buffer = new ReadBuffer();
  private List<String> children = List.of();
  private int sweep;
  private long nanos;
  private long ticks = ReadBuffer.NONE;

  /** Samples this process below {@code root}, which is {@code /} but in tests. */
  public SelfSampler(Path root, LongSupplier nanoTime) {
    this.proc = root.resolve("proc");
    this.nanoTime = nanoTime;
  }

  /** Measures once. */
  public SelfSample sample() {
    if (sweep++ % SWEEPS_PER_LOOK == 0) {
      List<String> found = new ArrayList<>();
      look("self", found, DEPTH);
      children = found;
    }
    long ticksBefore = ticks;
    long nanosBefore = nanos;
    nanos = nanoTime.getAsLong();
    ticks = ticks("self");
    long resident = resident("self");
    for (String child : children) {
      long own = ticks(child);
      long pages = resident(child);
      ticks += ticks < 0 || own < 0 ? 0 : own;
      resident += resident < 0 || pages < 0 ? 0 : pages;
    }
    long elapsed = nanos - nanosBefore;
    // A child that ended between two looks is missing for a moment; that is no negative use.
    boolean known = ticksBefore >= 0 && ticks >= ticksBefore && elapsed > 0;
    return new SelfSample(
        known
            ? OptionalDouble.of((ticks - ticksBefore) / TICKS_PER_SECOND / (elapsed / 1e9))
            : OptionalDouble.empty(),
        resident < 0 ? OptionalLong.empty() : OptionalLong.of(resident));
  }

  private void look(String process, List<String> found, int depth) {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(proc.resolve(process).resolve("task"))) {
      for (Path thread : threads) {
        for (String child : children(thread)) {
          found.add(child);
          if (depth > 1) {
            look(child, found, depth - 1);
          }
        }
      }
    } catch (IOException gone) {
      // Ended while we looked.
      return;
    }
  }

  private static String[] children(Path thread) {
    try {
      String line = Files.readString(thread.resolve("children"), StandardCharsets.US_ASCII).strip();
      return line.isEmpty() ? new String[0] : line.split(" ", -1);
    } catch (IOException gone) {
      return new String[0];
    }
  }

  // User and system time of the process and of its children that ended and were waited for.
  private long ticks(String process) {
    return read(process, "stat")
        ? buffer.sumBehindParenthesis(FIELDS_TO_USER_TIME, 4)
        : ReadBuffer.NONE;
  }

  private long resident(String process) {
    long kibibytes = read(process, "status") ? buffer.padded(RESIDENT) : ReadBuffer.NONE;
    return kibibytes < 0 ? ReadBuffer.NONE : kibibytes * KIB;
  }

  private boolean read(String process, String name) {
    try (RandomAccessFile file =
        new RandomAccessFile(proc.resolve(process).resolve(name).toString(), "r")) {
      buffer.fill(file);
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}
