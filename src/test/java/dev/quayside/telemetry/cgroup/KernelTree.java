package dev.quayside.telemetry.cgroup;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Builds the part of {@code /proc} and {@code /sys} that sampling reads, in a temporary folder. */
final class KernelTree {

  static final ContainerId WEB = new ContainerId("1".repeat(60) + "abcd");
  static final ContainerId OTHER = new ContainerId("2".repeat(60) + "abcd");
  static final Instant STARTED = Instant.parse("2026-11-22T10:00:00Z");

  // As this kernel writes them: 6.18, every controller of version 1 in a tree of its own, version 2
  // beside them.
  static final String V1_MOUNTS =
      """
      31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
      32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
      33 31 0:30 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
      35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
      38 31 0:35 / /sys/fs/cgroup/blkio rw,relatime shared:9 - cgroup cgroup rw,blkio
      39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
      40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
      41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
      """;

  static final String V2_MOUNTS =
      "35 24 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2"
          + " rw,nsdelegate\n";

  private static final String NETWORK_HEADING =
      """
      Inter-|   Receive                                                |  Transmit
       face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
      """;

  final Path root;

  KernelTree(Path root, String mounts) {
    this.root = root;
    write("proc/self/mountinfo", mounts);
    write("proc/meminfo", "MemTotal:       16384000 kB\nMemFree:          100 kB\n");
  }

  void v1(long pid, ContainerId id) {
    StringBuilder lines = new StringBuilder();
    int number = 9;
    for (String controller : List.of("name=systemd", "pids", "blkio", "memory", "cpuacct", "cpu")) {
      lines
          .append(number--)
          .append(':')
          .append(controller)
          .append(":/docker/")
          .append(id.value())
          .append('\n');
    }
    write("proc/" + pid + "/cgroup", lines + "0::/docker/" + id.value() + "\n");
    network(pid, 1000, 2000);
    group("cpuacct", id, "cpuacct.usage", "5000000000\n");
    group("cpu", id, "cpu.cfs_quota_us", "-1\n");
    group("cpu", id, "cpu.cfs_period_us", "100000\n");
    group("memory", id, "memory.usage_in_bytes", "100000000\n");
    group("memory", id, "memory.limit_in_bytes", "9223372036854771712\n");
    group(
        "memory",
        id,
        "memory.stat",
        "cache 7\ninactive_file 11\ntotal_inactive_file 40000000\ntotal_active_file 3\n");
    group("blkio", id, "blkio.throttle.io_service_bytes_recursive", "Total 0\n");
    group("pids", id, "pids.current", "12\n");
  }

  void v2(long pid, ContainerId id) {
    write(
        "proc/" + pid + "/cgroup", "0::/system.slice/docker-" + id.value() + ".scope/init.scope\n");
    network(pid, 1000, 2000);
    unified(
        id,
        "cpu.stat",
        "usage_usec 5000000\nuser_usec 4000000\nsystem_usec 1000000\nnr_periods 0\n");
    unified(id, "cpu.max", "max 100000\n");
    unified(id, "memory.current", "100000000\n");
    unified(id, "memory.max", "max\n");
    unified(
        id,
        "memory.stat",
        "anon 60000000\nfile 40000000\ninactive_anon 5\ninactive_file 40000000\n");
    unified(id, "io.stat", "");
    unified(id, "pids.current", "12\n");
  }

  void group(String controller, ContainerId id, String file, String content) {
    write("sys/fs/cgroup/" + controller + "/docker/" + id.value() + "/" + file, content);
  }

  void unified(ContainerId id, String file, String content) {
    write("sys/fs/cgroup/system.slice/docker-" + id.value() + ".scope/" + file, content);
  }

  void network(long pid, long received, long sent) {
    write(
        "proc/" + pid + "/net/dev",
        NETWORK_HEADING
            + "    lo: 99 1 0 0 0 0 0 0 99 1 0 0 0 0 0 0\n"
            + "  eth0: "
            + received
            + "    6390    0    0    0     0          0         0   "
            + sent
            + "    4842    0    0    0     0       0          0\n");
  }

  void write(String relative, String content) {
    try {
      Path file = root.resolve(relative);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes a folder; files that are kept open then fail to open again, as those of a removed group
   * do to read.
   */
  void remove(String relative) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(relative))) {
      for (Path path : all.sorted((some, other) -> other.compareTo(some)).toList()) {
        Files.delete(path);
      }
    }
  }

  static Container running(ContainerId id, long pid, String network) {
    return running(id, pid, network, STARTED, OptionalDouble.empty(), OptionalLong.empty());
  }

  static Container running(
      ContainerId id,
      long pid,
      String network,
      Instant started,
      OptionalDouble cpuLimit,
      OptionalLong memoryLimit) {
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.of(pid),
            started,
            null,
            OptionalInt.empty(),
            false,
            0,
            cpuLimit,
            memoryLimit,
            network,
            false);
    return container(id, ContainerState.RUNNING, facts);
  }

  static Container stopped(ContainerId id) {
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.empty(),
            STARTED,
            STARTED,
            OptionalInt.of(0),
            false,
            0,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            "bridge",
            false);
    return container(id, ContainerState.EXITED, facts);
  }

  private static Container container(ContainerId id, ContainerState state, RuntimeFacts facts) {
    return new Container(
        id,
        id.brief(),
        "image",
        "sha256:0",
        state,
        Health.NONE,
        STARTED,
        List.of(),
        Map.of(),
        List.of("bridge"),
        facts);
  }
}
