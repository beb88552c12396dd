package dev.quayside.telemetry.gpu;

import dev.quayside.common.ChildProcess;
import dev.quayside.common.Messages;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.GpuReading.Device;
import dev.quayside.telemetry.GpuReading.GpuProcess;
import java.io.File;
import java.nio.file.Files;
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

  /** Where drivers put the tool besides PATH: WSL and the container toolkit. */
  private static final List<String> OTHER_PLACES =
      List.of("/usr/lib/wsl/lib", "/usr/local/nvidia/bin");

  private final Path root;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Messages messages = Messages.of("telemetry");
  private final GpuProblems problems = new GpuProblems(messages);
  private final ProcessOwners owners;
  private final Instant opened;
  private @Nullable DeviceReader devices;
  private @Nullable ProcessReader processes;
  private @Nullable GpuReading absent;
  private @Nullable Instant endedSince;
  private long looked;

  private NvidiaSmi(
      Path root, Map<String, String> environment, InstantSource clock, LongSupplier nanoTime) {
    this.root = root;
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
    return new NvidiaSmi(root, environment, clock, nanoTime);
  }

  /** Returns what is known of the GPUs; processes in {@code containers} carry their container. */
  public GpuReading reading(List<Container> containers) {
    if (devices == null) {
      long now = nanoTime.getAsLong();
      if (absent == null || now - looked >= LOOK_AGAIN_NANOS) {
        looked = now;
        absent = start(containers);
      }
      if (absent != null) {
        return absent;
      }
    }
    return read(containers);
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

  private @Nullable GpuReading start(List<Container> containers) {
    String program = program();
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

  private @Nullable String program() {
    List<String> places =
        new ArrayList<>(
            List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)));
    places.addAll(OTHER_PLACES);
    for (String place : places) {
      if (place.startsWith("/")) {
        Path program = Path.of(place, "nvidia-smi");
        if (Files.isExecutable(program)) {
          return program.toString();
        }
      }
    }
    return null;
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
