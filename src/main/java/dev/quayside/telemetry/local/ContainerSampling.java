package dev.quayside.telemetry.local;

import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.cgroup.CgroupSampler;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses where the figures of containers come from: from the kernel where their processes are ours
 * to see, else from the engine. Chosen anew for each connection. One thread uses it.
 */
final class ContainerSampling implements AutoCloseable {

  private final CgroupSampler kernel;
  private final EngineSampler asking;
  private final Supplier<@Nullable Engine> engine;
  private final InstantSource clock;
  private @Nullable EngineInfo chosenFor;
  private @Nullable Boolean fromKernel;

  ContainerSampling(
      Path root,
      int cores,
      Supplier<@Nullable Engine> engine,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.kernel = new CgroupSampler(root, cores, clock, nanoTime);
    this.asking = new EngineSampler(clock, nanoTime);
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * Measures every live container; while the engine is lost, those whose kernel we read go on being
   * measured.
   */
  ContainerSamples sweep(EngineSnapshot snapshot, @Nullable Set<ContainerId> visible) {
    if (snapshot.connection() instanceof Connection.Connected(EngineInfo info)
        && !info.equals(chosenFor)) {
      chosenFor = info;
      fromKernel = null;
    }
    List<Container> containers = snapshot.containers();
    if (!Boolean.FALSE.equals(fromKernel)) {
      ContainerSamples samples = kernel.sweep(containers);
      if (!samples.samples().isEmpty()) {
        fromKernel = true;
      } else if (fromKernel == null && kernel.strangers() > 0) {
        // The engine names processes, and none of them is here: it runs on another machine, or in
        // another one's view.
        fromKernel = false;
      }
      if (!Boolean.FALSE.equals(fromKernel)) {
        return samples;
      }
    }
    Engine connected = engine.get();
    return connected == null
        ? new ContainerSamples(clock.instant(), ContainerSamples.Source.NONE, Map.of())
        : asking.sweep(connected, containers, visible);
  }

  @Override
  public void close() {
    kernel.close();
    asking.close();
  }
}
