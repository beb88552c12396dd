package dev.quayside.telemetry;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.engine.demo.DemoLoad;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the demo's figures: the same at the same moment of the clock. The history begins filled, so
 * that a picture taken at once shows curves.
 */
public final class DemoTelemetry implements Telemetry {

  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;
  private static final int CORES = 16;
  private static final long HOST_MEMORY = 64 * GIB;
  private static final int OUTSIDE_PROCESS = 2_911;

  private final DemoEngine engine;
  private final InstantSource clock;
  private final SampleHistory history = new SampleHistory();
  private @Nullable Instant last;

  /** Creates the figures of {@code engine}. */
  public DemoTelemetry(DemoEngine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  @Override
  public Readings sweep(EngineSnapshot snapshot) {
    Instant now = clock.instant();
    remember(snapshot, now);
    Map<ContainerId, DemoLoad> loads = loads(snapshot, now);
    Map<ContainerId, ContainerSample> samples = new HashMap<>();
    for (Container container : snapshot.containers()) {
      DemoLoad load = loads.get(container.id());
      if (load != null) {
        samples.put(container.id(), sample(container, load, now));
      }
    }
    return new Readings(
        new ContainerSamples(now, ContainerSamples.Source.DEMO, samples),
        host(loads, now),
        gpus(snapshot, loads, now),
        new SelfSample(OptionalDouble.of(0.004), OptionalLong.of(188 * MIB)));
  }

  @Override
  public SampleHistory history() {
    return history;
  }

  @Override
  public void visible(Set<ContainerId> rows) {}

  @Override
  public void close() {}

  private void remember(EngineSnapshot snapshot, Instant now) {
    Instant from = last == null ? now.minusSeconds(SampleHistory.POINTS) : last;
    long seconds = Math.min(Duration.between(from, now).toSeconds(), SampleHistory.POINTS);
    for (long back = seconds - 1; back >= 0; back--) {
      Instant moment = now.minusSeconds(back);
      Map<ContainerId, DemoLoad> loads = loads(snapshot, moment);
      loads.forEach((id, load) -> history.add(id, 1, load.cpuCores(), (double) load.memoryBytes()));
      history.addHost(1, cpuShare(loads), (double) memoryUsed(loads));
    }
    if (seconds > 0) {
      last = now;
    }
    history.keepOnly(snapshot.containers());
  }

  private Map<ContainerId, DemoLoad> loads(EngineSnapshot snapshot, Instant moment) {
    Map<ContainerId, DemoLoad> loads = new HashMap<>();
    for (Container container : snapshot.containers()) {
      if (container.state() != ContainerState.RUNNING) {
        continue;
      }
      DemoLoad load = load(container.id(), moment);
      if (load != null) {
        loads.put(container.id(), load);
      }
    }
    return loads;
  }

  // A container removed since the snapshot simply has no sample.
  private @Nullable DemoLoad load(ContainerId id, Instant moment) {
    try {
      return engine.load(id, moment);
    } catch (ProblemException gone) {
      return null;
    }
  }

  private static ContainerSample sample(Container container, DemoLoad load, Instant now) {
    double cores = CORES;
    long memory = HOST_MEMORY;
    if (container.facts() != null) {
      cores = container.facts().cpuLimit().orElse(CORES);
      memory = container.facts().memoryLimit().orElse(HOST_MEMORY);
    }
    return new ContainerSample(
        container.id(),
        now,
        OptionalDouble.of(load.cpuCores()),
        OptionalDouble.of(load.cpuCores() / cores),
        OptionalLong.of(load.memoryBytes()),
        OptionalLong.of(memory),
        OptionalDouble.of(load.receivedPerSecond()),
        OptionalDouble.of(load.sentPerSecond()),
        OptionalDouble.of(load.readPerSecond()),
        OptionalDouble.of(load.writtenPerSecond()),
        OptionalLong.of(load.processes()));
  }

  private static double cpuShare(Map<ContainerId, DemoLoad> loads) {
    double cores = 0.35;
    for (DemoLoad load : loads.values()) {
      cores += load.cpuCores();
    }
    return Math.min(1, cores / CORES);
  }

  private static long memoryUsed(Map<ContainerId, DemoLoad> loads) {
    long bytes = 4 * GIB;
    for (DemoLoad load : loads.values()) {
      bytes += load.memoryBytes();
    }
    return bytes;
  }

  private static HostSample host(Map<ContainerId, DemoLoad> loads, Instant now) {
    double sent = 0;
    for (DemoLoad load : loads.values()) {
      sent += load.sentPerSecond();
    }
    double share = cpuShare(loads);
    return new HostSample(
        now,
        "AMD Ryzen 9 7950X 16-Core Processor",
        CORES,
        OptionalDouble.of(share),
        OptionalDouble.of(share * CORES * 0.9),
        OptionalLong.of(HOST_MEMORY),
        OptionalLong.of(memoryUsed(loads)),
        OptionalLong.of(8 * GIB),
        OptionalLong.of(212 * MIB),
        OptionalDouble.of(sent / 3),
        OptionalDouble.of(sent),
        List.of(new HostSample.Disk("/dev/nvme0n1", "Samsung SSD 990 PRO 2TB", 2_000_398_934_016L)),
        List.of(
            new HostSample.MountSpace("/", 468 * GIB, 136 * GIB, now),
            new HostSample.MountSpace("/home/operator/stacks", 1_830 * GIB, 611 * GIB, now)));
  }

  private GpuReading gpus(EngineSnapshot snapshot, Map<ContainerId, DemoLoad> loads, Instant now) {
    List<List<GpuReading.GpuProcess>> processes = List.of(new ArrayList<>(), new ArrayList<>());
    double[] busy = new double[2];
    processes
        .get(1)
        .add(
            new GpuReading.GpuProcess(
                uuid(1), OUTSIDE_PROCESS, "python3", OptionalLong.of(612 * MIB), null));
    for (Container container : snapshot.containers()) {
      DemoLoad load = loads.get(container.id());
      OptionalInt gpu = gpuOf(container);
      if (load != null && gpu.isPresent() && container.facts() != null) {
        busy[gpu.getAsInt()] += load.cpuCores();
        processes
            .get(gpu.getAsInt())
            .add(
                new GpuReading.GpuProcess(
                    uuid(gpu.getAsInt()),
                    container.facts().pid().orElse(0),
                    "python3",
                    OptionalLong.of(load.gpuMemoryBytes()),
                    container.id()));
      }
    }
    List<GpuReading.GpuProcess> all = new ArrayList<>(processes.get(0));
    all.addAll(processes.get(1));
    return new GpuReading.Devices(
        now,
        List.of(
            device(0, "NVIDIA RTX 6000 Ada Generation", 48, 300, busy[0] / 4, processes.get(0)),
            device(1, "NVIDIA GeForce RTX 4090", 24, 450, busy[1] / 7, processes.get(1))),
        all);
  }

  private OptionalInt gpuOf(Container container) {
    try {
      return engine.gpu(container.id());
    } catch (ProblemException gone) {
      return OptionalInt.empty();
    }
  }

  private static GpuReading.Device device(
      int index,
      String name,
      int gibibytes,
      double watts,
      double busy,
      List<GpuReading.GpuProcess> processes) {
    double share = Math.min(0.99, busy);
    long used = 380 * MIB;
    for (GpuReading.GpuProcess process : processes) {
      used += process.memoryBytes().orElse(0);
    }
    return new GpuReading.Device(
        index,
        uuid(index),
        name,
        OptionalDouble.of(Math.round(share * 100) / 100.0),
        OptionalLong.of(used),
        OptionalLong.of(gibibytes * GIB),
        OptionalInt.of((int) (41 + share * 33)),
        OptionalDouble.of(Math.round((28 + share * (watts - 40)) * 10) / 10.0),
        OptionalDouble.of(watts),
        OptionalInt.of((int) (210 + share * 2_300)),
        OptionalDouble.of(Math.round((0.3 + share * 0.4) * 100) / 100.0),
        share > 0.05 ? "P2" : "P8",
        List.of(),
        false);
  }

  private static String uuid(int index) {
    return "GPU-0000000" + index + "-0000-4000-8000-000000000000";
  }
}
