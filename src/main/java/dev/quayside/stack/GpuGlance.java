package dev.quayside.stack;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Waiting;
import dev.quayside.engine.Endpoint;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.gpu.NvidiaSmi;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks once at the GPUs of this machine, for as long as it takes them to answer and no longer than
 * a few seconds. Safe for use by several threads.
 *
 * @param endpoint the engine; where that is elsewhere, these GPUs are not the ones it uses
 * @param environment of the process
 * @param clock gives the stamps
 * @param nanoClock measures durations, as {@link System#nanoTime} does
 */
public record GpuGlance(
    Endpoint endpoint, Map<String, String> environment, InstantSource clock, LongSupplier nanoClock)
    implements Supplier<GpuReading> {

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration GLANCE = Duration.ofMillis(100);

  /** Makes the map immutable. */
  public GpuGlance {
    environment = Map.copyOf(environment);
  }

  @Override
  public GpuReading get() {
    if (!(endpoint instanceof Endpoint.Unix)) {
      return new GpuReading.NotYet();
    }
    AtomicReference<GpuReading> last = new AtomicReference<>(new GpuReading.NotYet());
    try (NvidiaSmi tool = NvidiaSmi.open(Path.of("/"), environment, clock, nanoClock)) {
      var _ =
          Waiting.until(
              () -> {
                last.set(tool.reading(List.of()));
                return !(last.get() instanceof GpuReading.NotYet);
              },
              PATIENCE,
              GLANCE);
    } catch (ProblemException interrupted) {
      return last.get();
    }
    return last.get();
  }
}
