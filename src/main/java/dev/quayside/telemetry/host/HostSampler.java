package dev.quayside.telemetry.host;

import dev.quayside.telemetry.HostSample;
import dev.quayside.telemetry.HostSample.MountSpace;
import dev.quayside.telemetry.kernel.KernelFile;
import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Samples the machine. What is slow to learn (names, disks) is learnt once on a thread of its own,
 * and until then there is no sample. One thread calls {@link #sample}.
 */
public final class HostSampler implements AutoCloseable {

  private static final Duration MOUNTS_PERIOD = Duration.ofSeconds(30);

  private final Path root;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final SpaceProbe.Space space;
  private final ReadBuffer buffer = new ReadBuffer();
  private final @Nullable KernelFile network;
  private final Map<String, SpaceProbe> probes = new HashMap<>();
  private volatile @Nullable Hardware hardware;
  private Set<String> mounts = Set.of();
  private @Nullable Instant mountsRead;
  private Set<Path> mountsOf = Set.of();
  private long networkNanos;
  private long received = ReadBuffer.NONE;
  private long sent = ReadBuffer.NONE;

  /** Starts to learn the names of this machine and returns at once. */
  public static HostSampler open(Path root, InstantSource clock, LongSupplier nanoTime) {
    HostSampler sampler = new HostSampler(root, clock, nanoTime, SpaceProbe.Space.ofSystem());
    Thread.ofPlatform().daemon().name("host-facts").start(sampler::look);
    return sampler;
  }

  HostSampler(Path root, InstantSource clock, LongSupplier nanoTime, SpaceProbe.Space space) {
    this.root = root;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.space = space;
    this.network = KernelFile.open(root.resolve("proc/net"), "dev");
  }

  /** Learns what does not change; takes up to a second. */
  void look() {
    hardware = Hardware.look();
  }

  /**
   * Measures once, in about a millisecond.
   *
   * @param dataFolders folders whose mounts are of interest
   * @return null until the names of this machine are known
   */
  public @Nullable HostSample sample(Set<Path> dataFolders) {
    Hardware machine = hardware;
    if (machine == null) {
      return null;
    }
    Instant now = clock.instant();
    long receivedBefore = received;
    long sentBefore = sent;
    long elapsed = readNetwork();
    return new HostSample(
        now,
        machine.cpuModel(),
        machine.cores(),
        machine.cpuShare(),
        machine.loadOneMinute(),
        machine.memoryTotal(),
        machine.memoryUsed(),
        machine.swapTotal(),
        machine.swapUsed(),
        rate(receivedBefore, received, elapsed),
        rate(sentBefore, sent, elapsed),
        machine.disks(),
        spaces(dataFolders, now));
  }

  private long readNetwork() {
    long now = nanoTime.getAsLong();
    long elapsed = now - networkNanos;
    networkNanos = now;
    received = ReadBuffer.NONE;
    sent = ReadBuffer.NONE;
    if (network != null) {
      try {
        network.read(buffer);
        buffer.readNetwork(ReadBuffer.Interfaces.PHYSICAL);
        received = buffer.received();
        sent = buffer.sent();
      } catch (IOException unreadable) {
        received = ReadBuffer.NONE;
        sent = ReadBuffer.NONE;
      }
    }
    return elapsed;
  }

  private static OptionalDouble rate(long before, long now, long elapsedNanos) {
    // A sum over interfaces goes down when one is removed; that is a new baseline.
    return before < 0 || now < before || elapsedNanos <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((now - before) * 1e9 / elapsedNanos);
  }

  private List<MountSpace> spaces(Set<Path> folders, Instant now) {
    if (mountsRead == null
        || !folders.equals(mountsOf)
        || !now.isBefore(mountsRead.plus(MOUNTS_PERIOD))) {
      mounts = DataMounts.holding(root.resolve("proc/self/mountinfo"), folders);
      mountsOf = Set.copyOf(folders);
      mountsRead = now;
      probes.keySet().retainAll(mounts);
    }
    List<MountSpace> found = new ArrayList<>(mounts.size());
    for (String mount : mounts) {
      MountSpace newest =
          probes.computeIfAbsent(mount, path -> new SpaceProbe(path, space, clock)).read(now);
      if (newest != null) {
        found.add(newest);
      }
    }
    return found;
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}
