package dev.quayside.telemetry.cgroup;

import dev.quayside.engine.ContainerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the folders of one container's control group. A controller that version 1 has is read
 * there, any other from the unified tree; that is what a hybrid machine does.
 *
 * @param cpu the accounting; null where it could not be found
 * @param scheduler the limits, which version 1 may keep in a tree of their own; null where it could
 *     not be found
 * @param memory null where it could not be found
 * @param processes null where it could not be found
 * @param block null where it could not be found
 */
record ContainerGroups(
    @Nullable Group cpu,
    @Nullable Group scheduler,
    @Nullable Group memory,
    @Nullable Group processes,
    @Nullable Group block) {

  /**
   * Names a folder and which version its files follow.
   *
   * @param folder of the group
   * @param unified whether it is of version 2
   */
  record Group(Path folder, boolean unified) {}

  /**
   * Finds the groups of {@code id} from the process that the engine names.
   *
   * @return null where the process is not there or is not in a group named after the container:
   *     then the pid is not ours, because the engine runs elsewhere or the number was given to
   *     another process
   */
  static @Nullable ContainerGroups find(Path root, CgroupMounts mounts, long pid, ContainerId id) {
    List<String> lines;
    try {
      lines =
          Files.readAllLines(root.resolve("proc/" + pid + "/cgroup"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return null;
    }
    return parse(lines, mounts, id);
  }

  static @Nullable ContainerGroups parse(List<String> lines, CgroupMounts mounts, ContainerId id) {
    boolean ours = false;
    for (String line : lines) {
      ours |= group(line, id) != null;
    }
    return ours
        ? new ContainerGroups(
            find(lines, mounts, id, "cpuacct"),
            find(lines, mounts, id, "cpu"),
            find(lines, mounts, id, "memory"),
            find(lines, mounts, id, "pids"),
            find(lines, mounts, id, "blkio"))
        : null;
  }

  private static @Nullable Group find(
      List<String> lines, CgroupMounts mounts, ContainerId id, String controller) {
    CgroupMounts.Tree old = mounts.controllers().get(controller);
    CgroupMounts.Tree tree = old == null ? mounts.unified() : old;
    if (tree == null) {
      return null;
    }
    for (String line : lines) {
      int first = line.indexOf(':');
      int second = line.indexOf(':', first + 1);
      if (first < 0 || second < 0) {
        continue;
      }
      String names = line.substring(first + 1, second);
      boolean wanted =
          old == null ? names.isEmpty() : List.of(names.split(",", -1)).contains(controller);
      String group = wanted ? group(line, id) : null;
      Path folder = group == null ? null : tree.folder(group);
      if (folder != null) {
        return new Group(folder, old == null);
      }
    }
    return null;
  }

  // The path up to the part that carries the container's id: the payload may have groups of its own
  // below it.
  private static @Nullable String group(String line, ContainerId id) {
    int start = line.indexOf(':', line.indexOf(':') + 1) + 1;
    int found = line.indexOf(id.value(), start);
    if (start == 0 || found < 0) {
      return null;
    }
    int end = line.indexOf('/', found);
    return end < 0 ? line.substring(start) : line.substring(start, end);
  }
}
