package dev.quayside.telemetry.local;

import dev.quayside.common.Messages;
import dev.quayside.common.PathTexts;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.ContainerSamples.Source;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.HostSample;
import dev.quayside.telemetry.SampleHistory;
import dev.quayside.telemetry.SelfSample;
import dev.quayside.telemetry.Telemetry;
import dev.quayside.telemetry.gpu.NvidiaSmi;
import dev.quayside.telemetry.host.HostSampler;
import dev.quayside.telemetry.kernel.Processors;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures this machine and the containers of the connected engine. */
public final class LocalTelemetry implements Telemetry {

  private static final Path ROOT = Path.of("/");
  private static final String WORKING_DIRECTORY = "com.docker.compose.project.working_dir";

  private final ContainerSampling containers;
  private final HostSampler host;
  private final NvidiaSmi gpus;
  private final SelfSampler self;
  private final SampleHistory history = new SampleHistory();
  private final Path home;
  private final LongSupplier nanoTime;
  private volatile @Nullable Set<ContainerId> visible;
  private final InstantSource clock;
  private final Apart apart = new Apart();
  private @Nullable Instant gpusFailSince;
  private List<Container> foldersOf = List.of();
  private @Nullable EngineInfo foldersOn;
  private Set<Path> folders;
  private long lastSweep;
  private boolean swept;

  /**
   * Opens all samplers; what is slow starts on threads of its own.
   *
   * @param engine gives the connected engine, or null while there is none
   * @param environment of the process: {@code PATH} and {@code HOME}
   * @param clock stamps the readings
   * @param nanoTime a clock that never jumps, in nanoseconds
   */
  public LocalTelemetry(
      Supplier<@Nullable Engine> engine,
      Map<String, String> environment,
      InstantSource clock,
      LongSupplier nanoTime) {
    // A limit of our own (systemd's CPUAffinity, a slice) makes the machine no smaller.
    int cores = Processors.online(ROOT);
    this.clock = clock;
    this.containers = new ContainerSampling(ROOT, cores, engine, clock, nanoTime);
    this.host = HostSampler.open(ROOT, clock, nanoTime);
    this.gpus = NvidiaSmi.open(ROOT, environment, clock, nanoTime);
    this.self = new SelfSampler(ROOT, nanoTime);
    Path named = PathTexts.pathOrNull(environment.getOrDefault("HOME", "/"));
    this.home = named == null ? ROOT : named;
    this.folders = folders(home, null, List.of());
    this.nanoTime = nanoTime;
  }

  @Override
  public Readings sweep(EngineSnapshot engine) {
    ContainerSamples samples =
        apart.read(
            "containers",
            () -> containers.sweep(engine, visible),
            failure -> new ContainerSamples(clock.instant(), Source.NONE, Map.of()));
    HostSample machine = apart.read("the host", () -> host(engine), failure -> null);
    remember(engine, samples, machine);
    SelfSample ourselves =
        apart.read(
            "Quayside itself",
            self::sample,
            failure -> new SelfSample(OptionalDouble.empty(), OptionalLong.empty()));
    GpuReading cards = apart.read("the GPUs", () -> gpus(engine), this::unread);
    return new Readings(samples, machine, cards, ourselves);
  }

  private @Nullable HostSample host(EngineSnapshot engine) {
    EngineInfo known = known(engine.connection());
    if (!foldersOf.equals(engine.containers()) || !Objects.equals(foldersOn, known)) {
      foldersOf = engine.containers();
      foldersOn = known;
      folders = folders(home, known, foldersOf);
    }
    return host.sample(folders);
  }

  private GpuReading gpus(EngineSnapshot engine) {
    GpuReading reading = gpus.reading(engine.containers());
    gpusFailSince = null;
    return reading;
  }

  private GpuReading unread(RuntimeException failure) {
    Instant since = gpusFailSince == null ? clock.instant() : gpusFailSince;
    gpusFailSince = since;
    return new GpuReading.Failed(
        Messages.of("telemetry").problem("GPU-UNREAD", failure.getClass().getSimpleName()),
        since,
        null);
  }

  @Override
  public SampleHistory history() {
    return history;
  }

  @Override
  public void visible(Set<ContainerId> rows) {
    visible = Set.copyOf(rows);
  }

  @Override
  public void close() {
    gpus.close();
    containers.close();
    host.close();
    self.close();
  }

  private void remember(
      EngineSnapshot engine, ContainerSamples samples, @Nullable HostSample machine) {
    long now = nanoTime.getAsLong();
    int seconds =
        swept ? (int) Math.min(SampleHistory.POINTS, Math.round((now - lastSweep) / 1e9)) : 1;
    if (seconds == 0) {
      return;
    }
    lastSweep = now;
    swept = true;
    for (Container container : engine.containers()) {
      ContainerSample sample = samples.samples().get(container.id());
      if (sample != null) {
        history.add(
            container.id(),
            seconds,
            sample.cpuCores().orElse(Double.NaN),
            amount(sample.memoryBytes()));
      } else if (container.live()) {
        history.add(container.id(), seconds, Double.NaN, Double.NaN);
      }
    }
    history.keepOnly(engine.containers());
    history.addHost(
        seconds,
        machine == null ? Double.NaN : machine.cpuShare().orElse(Double.NaN),
        machine == null ? Double.NaN : amount(machine.memoryUsed()));
  }

  private static double amount(OptionalLong value) {
    return value.isPresent() ? (double) value.getAsLong() : Double.NaN;
  }

  private static @Nullable EngineInfo known(Connection connection) {
    return switch (connection) {
      case Connection.Connecting() -> null;
      case Connection.Connected(EngineInfo info) -> info;
      case Connection.Lost lost -> lost.last();
    };
  }

  /**
   * Returns the folders whose mounts fill up: the user's, the engine's own, and those the stacks
   * lie in. Where the engine runs on another machine, its folder and the stacks' are not on ours.
   */
  static Set<Path> folders(Path home, @Nullable EngineInfo engine, Collection<Container> all) {
    Set<Path> found = new TreeSet<>(List.of(home));
    if (engine != null && engine.local()) {
      add(found, engine.dataFolder());
      for (Container container : all) {
        add(found, container.labels().getOrDefault(WORKING_DIRECTORY, ""));
      }
    }
    return Set.copyOf(found);
  }

  private static void add(Set<Path> found, String folder) {
    Path path = folder.startsWith("/") ? PathTexts.pathOrNull(folder) : null;
    if (path != null) {
      found.add(path);
    }
  }
}
