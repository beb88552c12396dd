package dev.quayside.telemetry.gpu;

import dev.quayside.common.ChildProcess;
import dev.quayside.common.Messages;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.GpuReading.Device;
import dev.quayside.telemetry.GpuReading.GpuProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads NVIDIA GPUs. {@link #reading} is called by one thread each second and answers at once with
 * what the two readers told last.
 */
public final class NvidiaSmi implements AutoCloseable {

  private static final long LOOK_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int EXIT_INFOROM = 14;

  /** A look at a dozen folders takes milliseconds. */
  private static final long OVERDUE_NANOS = Duration.ofSeconds(5).toNanos();

  private final Path root;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Messages messages = Messages.of("telemetry");
  private final GpuProblems problems = new GpuProblems(messages);
  private final ProcessOwners owners;
  private final ToolSearch search;
  private final Instant opened;
  private @Nullable DeviceReader devices;
  private @Nullable ProcessReader processes;
  private @Nullable GpuReading absent;
  private @Nullable Instant endedSince;
  private long looked;
  private boolean everLooked;

  NvidiaSmi(
      Path root,
      Map<String, String> environment,
      ToolSearch search,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.root = root;
    this.search = search;
    this.environment = environment;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.owners = new ProcessOwners(root);
    this.opened = clock.instant();
  }

  /**
   * Prepares reading; the first {@link #reading} starts the processes.
   *
   * @param root where {@code proc} and {@code sys} are: {@code /} but in tests
   * @param environment of our process; the tool gets only what it needs of it
   */
  public static NvidiaSmi open(
      Path root, Map<String, String> environment, InstantSource clock, LongSupplier nanoTime) {
    ToolSearch search = ToolSearch.on(environment.getOrDefault("PATH", ""));
    return new NvidiaSmi(root, environment, search, clock, nanoTime);
  }

  /** Returns what is known of the GPUs; processes in {@code containers} carry their container. */
  public GpuReading reading(List<Container> containers) {
    if (devices == null) {
      GpuReading without = find(containers);
      if (without != null) {
        return without;
      }
    }
    return read(containers);
  }

  /** Looks for the tool and starts it; returns null once it is started. */
  private @Nullable GpuReading find(List<Container> containers) {
    long now = nanoTime.getAsLong();
    boolean due = !everLooked || now - looked >= LOOK_AGAIN_NANOS;
    if (due && !search.busy()) {
      everLooked = true;
      looked = now;
      search.begin();
    }
    ToolSearch.Answer answer = search.take();
    if (answer != null) {
      absent = start(answer.program(), containers);
      return absent;
    }
    if (search.busy() && now - looked >= OVERDUE_NANOS) {
      return new GpuReading.NoTool(messages.get("gpu.search-hangs"));
    }
    return absent == null ? new GpuReading.NotYet() : absent;
  }

  @Override
  public void close() {
    // Side by side, because ending a process that does not listen takes a second or two.
    Thread other = processes == null ? null : Thread.ofPlatform().daemon().start(processes::close);
    if (devices != null) {
      devices.close();
    }
    try {
      if (other != null) {
        other.join(Duration.ofSeconds(3));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable GpuReading start(@Nullable String program, List<Container> containers) {
    if (program == null) {
      return new GpuReading.NoTool(messages.get("gpu.no-tool"));
    }
    boolean wanted = false;
    for (Container container : containers) {
      wanted |= container.live() && container.facts() != null && container.facts().wantsGpu();
    }
    if (!wanted && SleepingGpu.all(root)) {
      return new GpuReading.NoTool(messages.get("gpu.asleep"));
    }
    Map<String, String> needed = needed();
    devices = new DeviceReader(program, needed, messages, clock, nanoTime);
    processes = new ProcessReader(root, program, needed, nanoTime);
    return null;
  }

  private GpuReading read(List<Container> containers) {
    DeviceReader reader = devices;
    ProcessReader apps = processes;
    if (reader == null || apps == null) {
      return new GpuReading.NotYet();
    }
    reader.tick();
    apps.tick();
    GpuReading.@Nullable Devices last = last(reader, apps, containers);
    SmiLoop.State state = reader.state();
    if (state != SmiLoop.State.ENDED) {
      endedSince = null;
    }
    return switch (state) {
      case TALKING -> last == null ? new GpuReading.NotYet() : last;
      case WAITING -> new GpuReading.NotYet();
      case SILENT ->
          new GpuReading.Silent(reader.newestAt() == null ? opened : reader.newestAt(), last);
      case ENDED -> ended(reader.end(), last);
    };
  }

  private GpuReading ended(SmiLoop.@Nullable End end, GpuReading.@Nullable Devices last) {
    if (end == null) {
      return new GpuReading.NotYet();
    }
    Instant now = clock.instant();
    if (endedSince == null) {
      endedSince = now;
    }
    // With a damaged infoROM the figures are good, and the tool ends after each.
    boolean fresh =
        last != null && Duration.between(last.at(), now).compareTo(Duration.ofSeconds(3)) <= 0;
    return end.exitCode() == EXIT_INFOROM && fresh && last != null
        ? last
        : new GpuReading.Failed(problems.of(end), endedSince, last);
  }

  private GpuReading.@Nullable Devices last(
      DeviceReader reader, ProcessReader apps, List<Container> containers) {
    List<Device> told = reader.devices();
    Instant at = reader.newestAt();
    return told.isEmpty() || at == null
        ? null
        : new GpuReading.Devices(at, told, attributed(apps.processes(), containers));
  }

  private @Nullable List<GpuProcess> attributed(
      @Nullable List<ProcessRow> rows, List<Container> containers) {
    if (rows == null) {
      return null;
    }
    Set<ContainerId> ids = HashSet.newHashSet(containers.size());
    if (!rows.isEmpty()) {
      containers.forEach(container -> ids.add(container.id()));
    }
    List<GpuProcess> found = new ArrayList<>(rows.size());
    Set<Long> pids = new HashSet<>();
    for (ProcessRow row : rows) {
      pids.add(row.pid());
      found.add(
          new GpuProcess(
              row.gpuUuid(),
              row.pid(),
              row.name(),
              row.memoryBytes(),
              owners.owner(row.pid(), ids)));
    }
    owners.keepOnly(pids);
    return found;
  }

  // The tool's own settings and the language that writes numbers with a point.
  private Map<String, String> needed() {
    Map<String, String> needed =
        new HashMap<>(
            ChildProcess.pick(environment, "PATH", "HOME", "LD_LIBRARY_PATH", "CUDA_DEVICE_ORDER"));
    environment.forEach((name, value) -> {
      if (name.startsWith("NVIDIA_") || name.startsWith("QUAYSIDE_NVIDIA_SMI_")) {
        needed.put(name, value);
      }
    });
    needed.put("LC_ALL", "C");
    return needed;
  }
}
