package dev.quayside.telemetry.gpu;

import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the compute processes from one long-running process. The tool prints nothing while there
 * are none, so that it is at work is seen by its own sleeping and waking (voluntary context
 * switches, proc_pid_status(5)): without that proof, "none" would be a guess.
 */
final class ProcessReader implements AutoCloseable {

  static final Duration INTERVAL = Duration.ofSeconds(2);

  // Longer than a reader may be silent and still count as talking: of one that hangs the rows must
  // not go before it is known to hang.
  private static final long FRESH_NANOS = INTERVAL.toNanos() * 5;
  private static final byte[] SWITCHES =
      "voluntary_ctxt_switches:".getBytes(StandardCharsets.US_ASCII);

  private record Key(String gpuUuid, long pid) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byGpu = gpuUuid.compareTo(other.gpuUuid);
      return byGpu == 0 ? Long.compare(pid, other.pid) : byGpu;
    }
  }

  private record Seen(ProcessRow row, long nanos) {}

  private final Path proc;
  private final LongSupplier nanoTime;
  private final SmiLoop loop;
  private final ReadBuffer buffer = new ReadBuffer();
  private final Map<Key, Seen> rows = new TreeMap<>();
  private long switches;
  private long newest;

  ProcessReader(Path root, String program, Map<String, String> environment, LongSupplier nanoTime) {
    this.proc = root.resolve("proc");
    this.nanoTime = nanoTime;
    List<String> command =
        List.of(
            program,
            ProcessRow.QUERY,
            "--format=csv,nounits",
            "-lms",
            String.valueOf(INTERVAL.toMillis()));
    this.loop =
        new SmiLoop("processes", () -> command, environment, INTERVAL, this::accept, nanoTime);
  }

  /** Starts and watches the process; called each second. */
  void tick() {
    loop.tick();
    long now = switches();
    if (now >= 0 && now != switches) {
      loop.signOfLife();
    }
    switches = now;
  }

  /**
   * Returns the processes; null where the reader does not answer, which is not the same as none.
   */
  synchronized @Nullable List<ProcessRow> processes() {
    if (loop.state() != SmiLoop.State.TALKING) {
      return null;
    }
    long now = nanoTime.getAsLong();
    rows.values().removeIf(seen -> now - seen.nanos > FRESH_NANOS && ended(seen));
    if (rows.values().stream().anyMatch(seen -> now - seen.nanos > FRESH_NANOS)) {
      // It wakes and sleeps, and says nothing of a process that is there: it may hang in the
      // driver.
      return null;
    }
    List<ProcessRow> fresh = new ArrayList<>(rows.size());
    rows.values().forEach(seen -> fresh.add(seen.row));
    return fresh;
  }

  // The tool left it out while it told of others, or the kernel says that it is gone.
  private boolean ended(Seen seen) {
    return newest - seen.nanos > FRESH_NANOS
        || !Files.exists(proc.resolve(Long.toString(seen.row.pid())));
  }

  @Override
  public void close() {
    loop.close();
  }

  private synchronized boolean accept(String line) {
    if (ProcessRow.heading(line)) {
      rows.clear();
      return true;
    }
    ProcessRow row = ProcessRow.read(line);
    if (row == null) {
      return false;
    }
    newest = nanoTime.getAsLong();
    rows.put(new Key(row.gpuUuid(), row.pid()), new Seen(row, newest));
    return true;
  }

  private long switches() {
    var pid = loop.pid();
    if (pid.isEmpty()) {
      return ReadBuffer.NONE;
    }
    try (RandomAccessFile file =
        new RandomAccessFile(proc.resolve(pid.getAsLong() + "/status").toString(), "r")) {
      buffer.fill(file);
      return buffer.padded(SWITCHES);
    } catch (IOException gone) {
      return ReadBuffer.NONE;
    }
  }
}
