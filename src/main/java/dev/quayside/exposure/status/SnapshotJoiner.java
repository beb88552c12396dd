package dev.quayside.exposure.status;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.Network;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.exposure.ContainerPorts;
import dev.quayside.exposure.ExposureReader;
import dev.quayside.exposure.Listening;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins what the engine says with what was measured. Rows and stacks in which nothing changed are
 * the objects of the join before. One thread uses it.
 */
final class SnapshotJoiner {

  private final ExposureReader exposure = new ExposureReader();
  private final Function<Container, Listening> listening;
  private final Supplier<List<String>> known;

  /**
   * End of the newest sweep when a container was seen to start; it tells nothing of the new run.
   */
  private final Map<ContainerId, Instant> sweepBefore = new HashMap<>();

  private Map<ContainerId, ServiceStatus> rows = Map.of();
  private Map<String, StackStatus> stacks = Map.of();
  private Map<ContainerId, Container> containers = Map.of();

  /**
   * Creates a joiner.
   *
   * @param listening tells what a container listens on
   * @param known gives the names of stacks that are shown also while they have no container
   */
  SnapshotJoiner(Function<Container, Listening> listening, Supplier<List<String>> known) {
    this.listening = listening;
    this.known = known;
  }

  /** Joins once. */
  StatusSnapshot join(EngineSnapshot engine, Telemetry.Readings readings, Instant at) {
    index(engine.containers());
    ExposureReader.Surroundings around = around(engine.networks());
    ContainerSamples samples = readings.containers();
    GpuMemory gpuMemory = GpuMemory.of(readings.gpus(), samples.source());
    Map<ContainerId, ServiceStatus> joined = HashMap.newHashMap(containers.size());
    Map<String, List<ServiceStatus>> grouped = new TreeMap<>();
    for (Container container : engine.containers()) {
      ContainerId id = container.id();
      ServiceStatus row =
          row(
              container,
              around,
              container.live() && ofThisRun(container, samples) ? samples.samples().get(id) : null,
              container.live() ? gpuMemory.of(id) : OptionalLong.empty());
      joined.put(id, row);
      String project = container.project();
      grouped.computeIfAbsent(project == null ? "" : project, name -> new ArrayList<>()).add(row);
    }
    known.get().forEach(name -> grouped.computeIfAbsent(name, none -> new ArrayList<>()));
    rows = joined;
    sweepBefore.keySet().retainAll(joined.keySet());
    return new StatusSnapshot(
        at,
        engine.connection(),
        engine.complete(),
        stacks(grouped),
        samples.source(),
        samples.source() == ContainerSamples.Source.NONE ? null : samples.at(),
        readings.host(),
        readings.gpus(),
        readings.self());
  }

  /**
   * Returns whether the figures were measured since the container's present run began. A container
   * that was started between two sweeps still has the figures of its former run until the next one.
   */
  private boolean ofThisRun(Container container, ContainerSamples samples) {
    ServiceStatus before = rows.get(container.id());
    if (before != null && startedSince(before.container(), container)) {
      sweepBefore.put(container.id(), samples.at());
    }
    return !samples.at().equals(sweepBefore.get(container.id()));
  }

  private static boolean startedSince(Container before, Container now) {
    if (!before.live()) {
      return now.live();
    }
    RuntimeFacts then = before.facts();
    RuntimeFacts present = now.facts();
    return then != null
        && present != null
        && !Objects.equals(then.startedAt(), present.startedAt());
  }

  private void index(List<Container> all) {
    Map<ContainerId, Container> index = HashMap.newHashMap(all.size());
    for (Container container : all) {
      index.put(container.id(), container);
    }
    containers = index;
  }

  private ExposureReader.Surroundings around(List<Network> networks) {
    Map<String, Network> byName = ExposureReader.byName(networks);
    return new ExposureReader.Surroundings(containers::get, byName::get, listening);
  }

  private ServiceStatus row(
      Container container,
      ExposureReader.Surroundings around,
      @Nullable ContainerSample sample,
      OptionalLong gpuMemory) {
    ServiceStatus before = rows.get(container.id());
    ContainerPorts ports = exposure.read(container, around);
    if (before != null
        && before.container().equals(container)
        && Objects.equals(before.sample(), sample)
        && before.gpuMemory().equals(gpuMemory)
        && before.exposure() == ports.exposure()
        && before.exposureReason().equals(ports.reason())
        && before.ports().equals(ports.ports())) {
      return before;
    }
    return new ServiceStatus(
        container, ports.ports(), ports.exposure(), ports.reason(), sample, gpuMemory);
  }

  private List<StackStatus> stacks(Map<String, List<ServiceStatus>> grouped) {
    Map<String, StackStatus> joined = HashMap.newHashMap(grouped.size());
    List<StackStatus> ordered = new ArrayList<>(grouped.size());
    StackStatus loose = null;
    for (Map.Entry<String, List<ServiceStatus>> entry : grouped.entrySet()) {
      StackStatus before = stacks.get(entry.getKey());
      StackStatus stack =
          before != null && sameObjects(before.services(), entry.getValue())
              ? before
              : new StackStatus(entry.getKey(), entry.getValue());
      joined.put(entry.getKey(), stack);
      if (entry.getKey().isEmpty()) {
        loose = stack;
      } else {
        ordered.add(stack);
      }
    }
    if (loose != null) {
      ordered.add(loose);
    }
    stacks = joined;
    return ordered;
  }

  private static boolean sameObjects(List<ServiceStatus> some, List<ServiceStatus> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!identical(some.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // The promise is about the same object.
  private static boolean identical(ServiceStatus some, ServiceStatus other) {
    return some == other;
  }
}
