package dev.quayside.telemetry.host;

import dev.quayside.telemetry.HostSample;
import dev.quayside.telemetry.HostSample.MountSpace;
import dev.quayside.telemetry.kernel.KernelFile;
import dev.quayside.telemetry.kernel.Processors;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples the machine: processor, load and memory by OSHI, network and mounts by the kernel's own
 * files. What is slow to learn is learnt on a thread of its own, the names (processor, disks) a few
 * samples after the first, so that they take nothing from the start; until then, and where it
 * fails, that part is not known. One thread calls {@link #sample}.
 */
public final class HostSampler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HostSampler.class);
  private static final Duration MOUNTS_PERIOD = Duration.ofSeconds(30);

  /** With this sample the window stands. */
  static final int SAMPLES_BEFORE_NAMES = 3;

  private final Path root;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final SpaceProbe.Space space;
  private final ReadBuffer buffer = new ReadBuffer();
  private final @Nullable KernelFile network;
  private final Map<String, SpaceProbe> probes = new HashMap<>();
  private final int cores;
  private final String cpuModel;
  private final Supplier<Hardware> names;
  private final Executor apart;
  private volatile @Nullable HostFigures figures;
  private volatile Hardware hardware = Hardware.NONE;
  private int samples;
  private Set<String> mounts = Set.of();
  private @Nullable Instant mountsRead;
  private Set<Path> mountsOf = Set.of();
  private long networkNanos;
  private long received = ReadBuffer.NONE;
  private long sent = ReadBuffer.NONE;

  /** Opens the kernel's files and begins to wake OSHI. */
  public static HostSampler open(Path root, InstantSource clock, LongSupplier nanoTime) {
    return new HostSampler(
        root,
        clock,
        nanoTime,
        SpaceProbe.Space.ofSystem(),
        HostFigures::ofSystem,
        Hardware::look,
        work -> Thread.ofPlatform().daemon().name("host-facts").start(work));
  }

  /**
   * Opens the kernel's files.
   *
   * @param watching makes what is asked each second; slow
   * @param names learns what does not change; slow
   * @param apart runs both
   */
  HostSampler(
      Path root,
      InstantSource clock,
      LongSupplier nanoTime,
      SpaceProbe.Space space,
      Supplier<HostFigures> watching,
      Supplier<Hardware> names,
      Executor apart) {
    this.root = root;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.space = space;
    this.network = KernelFile.open(root.resolve("proc/net"), "dev");
    this.cores = Processors.online(root);
    this.cpuModel = ProcessorName.model(root);
    this.names = names;
    this.apart = apart;
    apart.execute(() -> learn(() -> figures = watching.get()));
  }

  private static void learn(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException | LinkageError failure) {
      // A table of the firmware that OSHI cannot read must not cost the rest.
      LOG.warn("not all of this machine is known", failure);
    }
  }

  /**
   * Measures once, in about a millisecond.
   *
   * @param dataFolders folders whose mounts are of interest
   */
  public HostSample sample(Set<Path> dataFolders) {
    samples++;
    if (samples == SAMPLES_BEFORE_NAMES) {
      apart.execute(() -> learn(() -> hardware = names.get()));
    }
    Hardware machine = hardware;
    HostFigures known = figures;
    Instant now = clock.instant();
    long receivedBefore = received;
    long sentBefore = sent;
    long elapsed = readNetwork();
    return new HostSample(
        now,
        machine.cpuModel().isEmpty() ? cpuModel : machine.cpuModel(),
        cores,
        known == null ? OptionalDouble.empty() : known.cpuShare(),
        known == null ? OptionalDouble.empty() : known.loadOneMinute(),
        known == null ? OptionalLong.empty() : known.memoryTotal(),
        known == null ? OptionalLong.empty() : known.memoryUsed(),
        known == null ? OptionalLong.empty() : known.swapTotal(),
        known == null ? OptionalLong.empty() : known.swapUsed(),
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
