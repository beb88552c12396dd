package dev.quayside.telemetry.cgroup;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Samples all containers of a local Linux engine from the kernel. It opens five files a container
 * and keeps them open; a sweep over 200 containers takes a few milliseconds. One thread uses it.
 */
public final class CgroupSampler implements AutoCloseable {

  private static final long KIB = 1024;

  private final Path root;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final ReadBuffer buffer = new ReadBuffer();
  private final Map<ContainerId, ContainerReader> readers = new HashMap<>();
  private final ContainerReader.Machine machine;
  private final CgroupMounts mounts;
  private int opened;
  private int strangers;

  /**
   * Reads the mounts and what the machine has.
   *
   * @param root where {@code proc} and {@code sys} are: {@code /} but in tests
   * @param cores logical processors of the machine
   */
  public CgroupSampler(Path root, int cores, InstantSource clock, LongSupplier nanoTime) {
    this.root = root;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.mounts = mounts(root);
    this.machine = new ContainerReader.Machine(cores, hostMemory());
  }

  /**
   * Measures every live container once; a container that is gone or not on this machine has no
   * sample.
   */
  public ContainerSamples sweep(List<Container> containers) {
    Map<ContainerId, ContainerSample> samples = HashMap.newHashMap(containers.size());
    boolean unified = false;
    strangers = 0;
    Instant at = clock.instant();
    for (Container container : containers) {
      ContainerReader reader = reader(container);
      if (reader == null) {
        continue;
      }
      try {
        boolean own = ownNetwork(container, containers);
        samples.put(container.id(), reader.read(own, machine, nanoTime.getAsLong(), at));
        unified = reader.unified();
      } catch (IOException gone) {
        // The kernel says the group is no longer there (ENODEV); the engine's event will follow.
        forget(container.id());
      }
    }
    keepOnly(containers);
    ContainerSamples.Source source =
        unified ? ContainerSamples.Source.CGROUP_V2 : ContainerSamples.Source.CGROUP_V1;
    return new ContainerSamples(
        at, samples.isEmpty() ? ContainerSamples.Source.NONE : source, samples);
  }

  /**
   * Returns how many live containers of the last sweep have a process that is not theirs on this
   * machine.
   */
  public int strangers() {
    return strangers;
  }

  @Override
  public void close() {
    readers.values().forEach(ContainerReader::close);
    readers.clear();
  }

  private @Nullable ContainerReader reader(Container container) {
    ContainerReader reader = readers.get(container.id());
    RuntimeFacts facts = container.facts();
    if (!container.live() || facts == null || facts.pid().isEmpty()) {
      forget(container.id());
      return null;
    }
    if (reader != null && reader.takes(facts)) {
      return reader;
    }
    forget(container.id());
    // The process is checked at each new run, because the number may have been given to another
    // since.
    ContainerGroups groups =
        ContainerGroups.find(root, mounts, facts.pid().getAsLong(), container.id());
    if (groups == null) {
      strangers++;
      return null;
    }
    GroupFiles files = new GroupFiles(groups, buffer);
    if (!files.usable()) {
      files.close();
      return null;
    }
    ContainerReader fresh =
        new ContainerReader(container.id(), facts, files, buffer, root, opened++);
    readers.put(container.id(), fresh);
    return fresh;
  }

  private void forget(ContainerId id) {
    ContainerReader reader = readers.remove(id);
    if (reader != null) {
      reader.close();
    }
  }

  private void keepOnly(List<Container> containers) {
    if (readers.size() <= opened(containers)) {
      return;
    }
    Set<ContainerId> known = HashSet.newHashSet(containers.size());
    containers.forEach(container -> known.add(container.id()));
    for (Iterator<Map.Entry<ContainerId, ContainerReader>> all = readers.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<ContainerId, ContainerReader> entry = all.next();
      if (!known.contains(entry.getKey())) {
        entry.getValue().close();
        all.remove();
      }
    }
  }

  // Mostly nothing was removed, and then a count is enough.
  private int opened(List<Container> containers) {
    int count = 0;
    for (Container container : containers) {
      count += readers.containsKey(container.id()) ? 1 : 0;
    }
    return count;
  }

  // On the host's network the counters are the host's, also for a container that joined such a one.
  private static boolean ownNetwork(Container container, List<Container> all) {
    Optional<ContainerId> joined = container.networkOwner();
    if (joined.isEmpty()) {
      return !container.onHostNetwork();
    }
    for (Container other : all) {
      if (other.id().equals(joined.get())) {
        return other.facts() != null && !other.onHostNetwork();
      }
    }
    return false;
  }

  private static CgroupMounts mounts(Path root) {
    try {
      return CgroupMounts.read(root);
    } catch (IOException noProc) {
      return new CgroupMounts(Map.of(), null);
    }
  }

  private long hostMemory() {
    try (RandomAccessFile file =
        new RandomAccessFile(root.resolve("proc/meminfo").toString(), "r")) {
      buffer.fill(file);
    } catch (IOException noProc) {
      return ReadBuffer.NONE;
    }
    long kibibytes = buffer.padded("MemTotal:".getBytes(StandardCharsets.US_ASCII));
    return kibibytes < 0 ? ReadBuffer.NONE : kibibytes * KIB;
  }
}
