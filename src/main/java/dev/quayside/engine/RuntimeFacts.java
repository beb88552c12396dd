package dev.quayside.engine;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds what only an inspection tells about a container; read when it starts, is renamed, updated
 * or changes health, not each second.
 *
 * @param pid the process id on the engine's host; empty while it does not run
 * @param startedAt null if it never ran
 * @param finishedAt null while it runs or if it never ran
 * @param exitCode of the last run; empty while it runs or if it never ran
 * @param outOfMemory whether the kernel ended the last run for want of memory
 * @param restarts how often the engine restarted it; empty where it does not say
 * @param cpuLimit in cores; empty without a limit
 * @param memoryLimit in bytes; empty without a limit
 * @param networkMode as the engine names it: {@code bridge}, {@code host}, {@code none}, {@code
 *     container:ID}, a name
 * @param wantsGpu whether a GPU was asked for
 * @param declared ports that its image or its configuration declares, none of them bound; on some
 *     networks ({@code macvlan}, {@code ipvlan}, {@code host}) an engine tells them nowhere else
 */
public record RuntimeFacts(
    OptionalLong pid,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    OptionalInt exitCode,
    boolean outOfMemory,
    OptionalInt restarts,
    OptionalDouble cpuLimit,
    OptionalLong memoryLimit,
    String networkMode,
    boolean wantsGpu,
    List<PortBinding> declared) {

  /** Makes the list immutable. */
  public RuntimeFacts {
    declared = List.copyOf(declared);
  }

  /** Holds the facts of a container that declares no port. */
  public RuntimeFacts(
      OptionalLong pid,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      OptionalInt exitCode,
      boolean outOfMemory,
      int restarts,
      OptionalDouble cpuLimit,
      OptionalLong memoryLimit,
      String networkMode,
      boolean wantsGpu) {
    this(
        pid,
        startedAt,
        finishedAt,
        exitCode,
        outOfMemory,
        OptionalInt.of(restarts),
        cpuLimit,
        memoryLimit,
        networkMode,
        wantsGpu,
        List.of());
  }
}
