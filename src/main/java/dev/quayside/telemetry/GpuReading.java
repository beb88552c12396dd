package dev.quayside.telemetry;

import dev.quayside.common.Problem;
import dev.quayside.engine.ContainerId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tells what is known of the GPUs. */
public sealed interface GpuReading {

  /** Not asked yet. */
  record NotYet() implements GpuReading {}

  /** No GPU tool on this machine. That there is no GPU is not proven; it is only not to be seen. */
  record NoTool(String reason) implements GpuReading {}

  /** The tool failed; the last good reading, if any, is kept and stale. */
  record Failed(Problem problem, Instant since, @Nullable Devices last) implements GpuReading {}

  /**
   * The tool runs but says nothing any more.
   *
   * @param since when its last line came; its age is shown
   */
  record Silent(Instant since, @Nullable Devices last) implements GpuReading {}

  /**
   * A good reading.
   *
   * @param at when the newest device line came
   * @param devices in the tool's order
   * @param processes compute processes; null if the process reader does not answer (unknown, not
   *     none)
   */
  record Devices(Instant at, List<Device> devices, @Nullable List<GpuProcess> processes)
      implements GpuReading {
    /** Makes the lists immutable. */
    public Devices {
      devices = List.copyOf(devices);
      processes = processes == null ? null : List.copyOf(processes);
    }
  }

  /**
   * Describes one GPU.
   *
   * @param index the tool's number
   * @param uuid its identity
   * @param name the product's name
   * @param utilisation share of time any kernel ran, 0 to 1; empty in MIG mode
   * @param memoryUsed bytes
   * @param memoryTotal bytes
   * @param temperature degrees Celsius
   * @param powerDraw watts
   * @param powerLimit watts
   * @param graphicsClock megahertz
   * @param fan share 0 to 1
   * @param performanceState for example {@code P0}; empty if not told
   * @param throttle reasons active now, for people; empty list if none, null if not told
   * @param multiInstance whether MIG mode is on
   */
  record Device(
      int index,
      String uuid,
      String name,
      OptionalDouble utilisation,
      OptionalLong memoryUsed,
      OptionalLong memoryTotal,
      OptionalInt temperature,
      OptionalDouble powerDraw,
      OptionalDouble powerLimit,
      OptionalInt graphicsClock,
      OptionalDouble fan,
      String performanceState,
      @Nullable List<String> throttle,
      boolean multiInstance) {}

  /**
   * Describes a compute process on a GPU.
   *
   * @param gpuUuid the GPU
   * @param pid on the host
   * @param name as the tool tells it
   * @param memoryBytes GPU memory; empty where the driver does not tell
   * @param container the container it runs in; null where it could not be attributed
   */
  record GpuProcess(
      String gpuUuid,
      long pid,
      String name,
      OptionalLong memoryBytes,
      @Nullable ContainerId container) {}
}
