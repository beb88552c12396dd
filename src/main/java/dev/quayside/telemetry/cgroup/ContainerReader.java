package dev.quayside.telemetry.cgroup;

import dev.quayside.engine.ContainerId;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Samples one run of one container. One thread uses it. */
final class ContainerReader implements AutoCloseable {

  /**
   * The reclaimable cache moves slowly and is dear to read, so it is read each fifth second, and at
   * once where the memory moves.
   */
  static final int SECONDS_PER_DETAIL = 5;

  private static final long SECOND_NANOS = 1_000_000_000;

  /** A sweep that comes a little early is the one that was meant. */
  private static final long EARLY_NANOS = SECOND_NANOS / 2;

  /** Memory that moved by less than a twentieth, or this, says nothing of the cache. */
  private static final long SMALLEST_MOVE = 1 << 20;

  private static final int SHARE_OF_MOVE = 20;

  /** Two readings closer than this say nothing about a rate. */
  private static final long SHORTEST_NANOS = 200_000_000;

  private final ContainerId id;
  private RuntimeFacts facts;
  private final GroupFiles files;
  private final ReadBuffer buffer;
  private final String networkFile;
  private final Counters before = new Counters();
  private final Counters now = new Counters();
  private final Figures figures = new Figures();
  private long reclaimable = ReadBuffer.NONE;
  private long memoryLimit;
  private double cpuLimit;
  private final long stagger;
  private long detailNanos;
  private long memoryAtDetail = ReadBuffer.NONE;
  private boolean first = true;
  private boolean limitsRead;
  private @Nullable ContainerSample sample;

  /**
   * Starts to sample.
   *
   * @param facts of this run; {@link #takes} tells whether newer ones are of the same run
   * @param stagger spreads the dear readings of many containers over the seconds
   */
  ContainerReader(
      ContainerId id,
      RuntimeFacts facts,
      GroupFiles files,
      ReadBuffer buffer,
      Path root,
      int stagger) {
    this.id = id;
    this.facts = facts;
    this.files = files;
    this.buffer = buffer;
    this.networkFile = root.resolve("proc/" + facts.pid().orElse(0) + "/net/dev").toString();
    this.stagger = Math.floorMod(stagger, SECONDS_PER_DETAIL) * SECOND_NANOS;
  }

  /** Takes over newer facts; false if they are of another run, which needs another reader. */
  boolean takes(RuntimeFacts newer) {
    if (newer.equals(facts)) {
      return true;
    }
    if (!newer.pid().equals(facts.pid()) || !Objects.equals(newer.startedAt(), facts.startedAt())) {
      return false;
    }
    facts = newer;
    limitsRead = false;
    return true;
  }

  /** Returns whether the figures come from version 2. */
  boolean unified() {
    return files.unified();
  }

  /**
   * Measures once.
   *
   * @param ownNetwork whether the counters of its interfaces are its own and not the host's
   * @param host cores and memory of the machine, for containers without limits
   * @return the sample; the one before if nothing changed or too little time passed
   * @throws IOException if the container is gone, in the middle of a reading as well
   */
  ContainerSample read(boolean ownNetwork, Machine host, long nanoTime, Instant at)
      throws IOException {
    if (sample != null && !first && nanoTime - before.nanos < SHORTEST_NANOS) {
      return sample;
    }
    now.nanos = nanoTime;
    now.cpuNanos = files.cpuNanos();
    files.block(now);
    long memory = files.memoryBytes();
    if (!limitsRead) {
      limitsRead = true;
      memoryLimit = files.memoryLimit();
      cpuLimit = files.cpuLimit();
    }
    if (first || detailDue(memory, nanoTime)) {
      reclaimable = files.reclaimableBytes();
      detailNanos = first ? nanoTime - stagger : nanoTime;
      memoryAtDetail = memory;
    }
    figures.processes = files.processes();
    // Last, because the other files fail once the container is gone, and then its pid may be
    // another's.
    network(ownNetwork);
    figures.memory =
        memory < 0 || reclaimable < 0 ? ReadBuffer.NONE : Math.max(0, memory - reclaimable);
    rates(host);
    before.copy(now);
    first = false;
    if (sample == null || figures.changed()) {
      sample = figures.sample(id, at);
    }
    return sample;
  }

  private boolean detailDue(long memory, long nanoTime) {
    return nanoTime - detailNanos >= SECONDS_PER_DETAIL * SECOND_NANOS - EARLY_NANOS
        || (memory >= 0 && (memory < reclaimable || moved(memory)));
  }

  private boolean moved(long memory) {
    return Math.abs(memory - memoryAtDetail)
        > Math.max(SMALLEST_MOVE, memoryAtDetail / SHARE_OF_MOVE);
  }

  private void network(boolean own) {
    now.received = ReadBuffer.NONE;
    now.sent = ReadBuffer.NONE;
    if (!own) {
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(networkFile, "r")) {
      buffer.fill(file);
    } catch (IOException hidden) {
      // A /proc mounted with hidepid hides other users' processes; the control groups stay
      // readable.
      return;
    }
    buffer.readNetwork(ReadBuffer.Interfaces.OWN);
    now.received = buffer.received();
    now.sent = buffer.sent();
  }

  private void rates(Machine host) {
    long elapsed = first ? 0 : now.nanos - before.nanos;
    figures.cores =
        figures.rounded(Counters.perSecond(before.cpuNanos, now.cpuNanos, elapsed) / 1e9, 1e4);
    double limit = cpuLimit > 0 ? cpuLimit : facts.cpuLimit().orElse(host.cores());
    figures.share = limit > 0 ? figures.cores / limit : Double.NaN;
    figures.received =
        figures.rounded(Counters.perSecond(before.received, now.received, elapsed), 1);
    figures.sent = figures.rounded(Counters.perSecond(before.sent, now.sent, elapsed), 1);
    figures.read = figures.rounded(Counters.perSecond(before.read, now.read, elapsed), 1);
    figures.written = figures.rounded(Counters.perSecond(before.written, now.written, elapsed), 1);
    long declared = memoryLimit > 0 ? memoryLimit : facts.memoryLimit().orElse(ReadBuffer.NONE);
    boolean none = declared <= 0 || (host.memoryBytes() > 0 && declared > host.memoryBytes());
    figures.memoryLimit = none ? host.memoryBytes() : declared;
  }

  @Override
  public void close() {
    files.close();
  }

  /**
   * Holds what the machine has, for containers without limits.
   *
   * @param cores logical processors
   * @param memoryBytes memory, or {@link ReadBuffer#NONE}
   */
  record Machine(int cores, long memoryBytes) {}

  /**
   * Holds the figures of the newest reading beside those of the sample, so that equal ones make no
   * new sample.
   */
  private static final class Figures {
    private double cores;
    private double share;
    private double received;
    private double sent;
    private double read;
    private double written;
    private long memory;
    private long memoryLimit;
    private long processes;
    private final double[] shownRates = new double[6];
    private final long[] shownAmounts = new long[3];

    /**
     * Rounds away digits that no clock of a second can back, so that an idle container's sample
     * stays the same.
     */
    double rounded(double value, double steps) {
      return Double.isNaN(value) ? value : Math.rint(value * steps) / steps;
    }

    boolean changed() {
      return differs(0, cores)
          || differs(1, share)
          || differs(2, received)
          || differs(3, sent)
          || differs(4, read)
          || differs(5, written)
          || shownAmounts[0] != memory
          || shownAmounts[1] != memoryLimit
          || shownAmounts[2] != processes;
    }

    private boolean differs(int index, double value) {
      return Double.compare(shownRates[index], value) != 0;
    }

    ContainerSample sample(ContainerId id, Instant at) {
      shownRates[0] = cores;
      shownRates[1] = share;
      shownRates[2] = received;
      shownRates[3] = sent;
      shownRates[4] = read;
      shownRates[5] = written;
      shownAmounts[0] = memory;
      shownAmounts[1] = memoryLimit;
      shownAmounts[2] = processes;
      return new ContainerSample(
          id,
          at,
          rate(cores),
          rate(share),
          amount(memory),
          amount(memoryLimit),
          rate(received),
          rate(sent),
          rate(read),
          rate(written),
          amount(processes));
    }

    private static OptionalDouble rate(double value) {
      return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static OptionalLong amount(long value) {
      return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
  }
}
