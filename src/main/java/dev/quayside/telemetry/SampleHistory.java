package dev.quayside.telemetry;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Remembers the last minutes of processor and memory use for sparklines, one point a second. A
 * second in which nothing was measured is {@code Float.NaN}. Safe from any thread; reading makes no
 * garbage.
 */
public final class SampleHistory {

  /** How many points, that is seconds, are kept. */
  public static final int POINTS = 300;

  private final Map<ContainerId, Rings> containers = new HashMap<>();
  private final Rings host = new Rings();

  /**
   * Copies the newest points of a container's processor use, in cores, oldest first, to the end of
   * {@code into}.
   *
   * @return how many points were copied; what lies before them in {@code into} is set to NaN
   */
  public synchronized int cpuCores(ContainerId id, float[] into) {
    Rings rings = containers.get(id);
    return rings == null ? nothing(into) : rings.cpu.copy(into);
  }

  /**
   * Copies the newest points of a container's memory use, in bytes; otherwise as {@link #cpuCores}.
   */
  public synchronized int memoryBytes(ContainerId id, float[] into) {
    Rings rings = containers.get(id);
    return rings == null ? nothing(into) : rings.memory.copy(into);
  }

  /**
   * Copies the newest points of the host's processor use, 0 to 1; otherwise as {@link #cpuCores}.
   */
  public synchronized int hostCpuShare(float[] into) {
    return host.cpu.copy(into);
  }

  /**
   * Copies the newest points of the host's memory use, in bytes; otherwise as {@link #cpuCores}.
   */
  public synchronized int hostMemoryBytes(float[] into) {
    return host.memory.copy(into);
  }

  /**
   * Appends a measurement that covers the last {@code seconds} seconds. A rate over five seconds is
   * the mean of each of them, so it fills five points.
   */
  public synchronized void add(ContainerId id, int seconds, double cpuCores, double memoryBytes) {
    containers.computeIfAbsent(id, key -> new Rings()).add(seconds, cpuCores, memoryBytes);
  }

  /** Appends a measurement of the host; otherwise as {@link #add}. */
  public synchronized void addHost(int seconds, double cpuShare, double memoryBytes) {
    host.add(seconds, cpuShare, memoryBytes);
  }

  /** Forgets every container that is not in {@code known}. */
  public synchronized void keepOnly(Collection<Container> known) {
    if (containers.size() <= remembered(known)) {
      return;
    }
    Set<ContainerId> ids = new HashSet<>();
    known.forEach(container -> ids.add(container.id()));
    containers.keySet().retainAll(ids);
  }

  // Mostly nothing was removed, and then a count is enough.
  private int remembered(Collection<Container> known) {
    int count = 0;
    for (Container container : known) {
      count += containers.containsKey(container.id()) ? 1 : 0;
    }
    return count;
  }

  private static int nothing(float[] into) {
    Arrays.fill(into, Float.NaN);
    return 0;
  }

  private static final class Rings {
    private final Ring cpu = new Ring();
    private final Ring memory = new Ring();

    void add(int seconds, double cpuValue, double memoryValue) {
      int points = Math.clamp(seconds, 1, POINTS);
      for (int point = 0; point < points; point++) {
        cpu.add((float) cpuValue);
        memory.add((float) memoryValue);
      }
    }
  }

  private static final class Ring {
    private final float[] points = new float[POINTS];
    private int next;
    private int size;

    void add(float value) {
      points[next] = value;
      next = (next + 1) % POINTS;
      size = Math.min(size + 1, POINTS);
    }

    int copy(float[] into) {
      int count = Math.min(size, into.length);
      Arrays.fill(into, 0, into.length - count, Float.NaN);
      for (int point = 0; point < count; point++) {
        into[into.length - count + point] = points[Math.floorMod(next - count + point, POINTS)];
      }
      return count;
    }
  }
}
