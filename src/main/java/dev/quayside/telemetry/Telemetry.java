package dev.quayside.telemetry;

import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineSnapshot;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures containers, host, GPUs and Quayside itself. One thread calls {@link #sweep}; a sweep
 * returns within milliseconds, because what may hang is read on threads of its own and shows here
 * as old or unknown.
 */
public interface Telemetry extends AutoCloseable {

  /** Measures once. */
  Readings sweep(EngineSnapshot engine);

  /** Returns the last minutes of processor and memory use. */
  SampleHistory history();

  /** Names the rows on screen; see {@code StatusFeed.visible}. From any thread. */
  void visible(Set<ContainerId> rows);

  /** Ends threads and child processes. */
  @Override
  void close();

  /**
   * Holds what one sweep found.
   *
   * @param containers samples of the containers
   * @param host this machine; null before its first sample
   * @param gpus the GPUs
   * @param self Quayside's own use
   */
  record Readings(
      ContainerSamples containers, @Nullable HostSample host, GpuReading gpus, SelfSample self) {}
}
