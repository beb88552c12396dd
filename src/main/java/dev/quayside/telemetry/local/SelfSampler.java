package dev.quayside.telemetry.local;

import dev.quayside.telemetry.SelfSample;
import dev.quayside.telemetry.kernel.KernelFile;
import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Samples what Quayside itself uses, children included: those that run by their own figures, those
 * that ended by what the kernel added to ours (proc_pid_stat(5), proc_pid_task(5)). One thread uses
 * it.
 */
public final class SelfSampler implements AutoCloseable {

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
  private final @Nullable KernelFile ownTicks;
  private final @Nullable KernelFile ownMemory;
  private List<String> children = List.of();
  private int sweep;
  private long nanos;
  private long ticks = ReadBuffer.NONE;

  /** Samples this process below {@code root}, which is {@code /} but in tests. */
  public SelfSampler(Path root, LongSupplier nanoTime) {
    this.proc = root.resolve("proc");
    this.nanoTime = nanoTime;
    this.ownTicks = KernelFile.open(proc, "self/stat");
    this.ownMemory = KernelFile.open(proc, "self/status");
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
    ticks = read(ownTicks) ? ticks() : ReadBuffer.NONE;
    long resident = read(ownMemory) ? resident() : ReadBuffer.NONE;
    for (String child : children) {
      long own = read(child, "stat") ? ticks() : ReadBuffer.NONE;
      long pages = read(child, "status") ? resident() : ReadBuffer.NONE;
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
    String[] threads = new File(proc.toFile(), process + "/task").list();
    if (threads == null) {
      // Ended while we looked.
      return;
    }
    for (String thread : threads) {
      int first = found.size();
      addChildren(process + "/task/" + thread, found);
      for (int i = first, last = found.size(); depth > 1 && i < last; i++) {
        look(found.get(i), found, depth - 1);
      }
    }
  }

  private void addChildren(String thread, List<String> found) {
    if (!read(thread, "children")) {
      return;
    }
    long child = buffer.field(0);
    for (int index = 1; child >= 0; index++) {
      found.add(Long.toString(child));
      child = buffer.field(index);
    }
  }

  // User and system time of the process and of its children that ended and were waited for.
  private long ticks() {
    return buffer.sumBehindParenthesis(FIELDS_TO_USER_TIME, 4);
  }

  private long resident() {
    long kibibytes = buffer.padded(RESIDENT);
    return kibibytes < 0 ? ReadBuffer.NONE : kibibytes * KIB;
  }

  private boolean read(@Nullable KernelFile file) {
    if (file == null) {
      return false;
    }
    try {
      file.read(buffer);
      return true;
    } catch (IOException unreadable) {
      return false;
    }
  }

  private boolean read(String process, String name) {
    try (RandomAccessFile file = new RandomAccessFile(proc + "/" + process + "/" + name, "r")) {
      buffer.fill(file);
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void close() {
    for (KernelFile file : new KernelFile[] {ownTicks, ownMemory}) {
      if (file != null) {
        file.close();
      }
    }
  }
}
