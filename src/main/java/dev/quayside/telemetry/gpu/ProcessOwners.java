package dev.quayside.telemetry.gpu;

import dev.quayside.engine.ContainerId;
import dev.quayside.telemetry.kernel.ReadBuffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the container a process runs in, by the 64 hexadecimal characters in its control group's
 * path; for a helper outside of it, in that of its parent. What cannot be found stays without a
 * container. One thread uses it.
 */
final class ProcessOwners {

  private static final int ID_LENGTH = 64;
  private static final int FIELD_PARENT = 1;
  private static final int FIELD_START = 19;

  /** Remembers an answer for as long as the number stands for the same process. */
  private record Owner(long startTicks, List<ContainerId> ids) {}

  private final Path proc;
  private final ReadBuffer buffer = new ReadBuffer();
  private final Map<Long, Owner> known = new HashMap<>();

  ProcessOwners(Path root) {
    this.proc = root.resolve("proc");
  }

  /** Returns the container of {@code pid}, if it is one of {@code containers}. */
  @Nullable ContainerId owner(long pid, Set<ContainerId> containers) {
    long start = stat(pid, FIELD_START);
    if (start < 0) {
      known.remove(pid);
      return null;
    }
    Owner owner = known.get(pid);
    if (owner == null || owner.startTicks != start) {
      List<ContainerId> found = ids(pid);
      if (found.isEmpty()) {
        long parent = stat(pid, FIELD_PARENT);
        found = parent > 1 ? ids(parent) : found;
      }
      owner = new Owner(start, found);
      known.put(pid, owner);
    }
    for (ContainerId id : owner.ids) {
      if (containers.contains(id)) {
        return id;
      }
    }
    return null;
  }

  /** Forgets all processes but {@code pids}. */
  void keepOnly(Set<Long> pids) {
    known.keySet().retainAll(pids);
  }

  private List<ContainerId> ids(long pid) {
    try {
      return ids(Files.readString(proc.resolve(pid + "/cgroup"), StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      return List.of();
    }
  }

  /**
   * Returns every container id in the text, outermost first: an engine may run inside a container.
   */
  static List<ContainerId> ids(String text) {
    Set<ContainerId> found = new LinkedHashSet<>();
    int run = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '\n' : text.charAt(i);
      if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) {
        run++;
        continue;
      }
      if (run == ID_LENGTH) {
        found.add(new ContainerId(text.substring(i - ID_LENGTH, i)));
      }
      run = 0;
    }
    return List.copyOf(found);
  }

  private long stat(long pid, int field) {
    try (RandomAccessFile file =
        new RandomAccessFile(proc.resolve(pid + "/stat").toString(), "r")) {
      buffer.fill(file);
      return buffer.sumBehindParenthesis(field, 1);
    } catch (IOException gone) {
      return ReadBuffer.NONE;
    }
  }
}
