package dev.quayside.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a container's process is in our kernel, under the number that the engine names: its
 * control group then holds the container's id (so it does with both of runc's drivers, cgroupfs and
 * systemd).
 */
final class LocalProcesses {

  private final Path proc;

  LocalProcesses(Path proc) {
    this.proc = proc;
  }

  /** Returns whether it is; null for a container without a process. */
  @Nullable Boolean holds(Container container) {
    RuntimeFacts facts = container.facts();
    OptionalLong pid = facts == null ? OptionalLong.empty() : facts.pid();
    if (pid.isEmpty()) {
      return null;
    }
    try {
      Path groups = proc.resolve(Long.toString(pid.getAsLong())).resolve("cgroup");
      return new String(Files.readAllBytes(groups), StandardCharsets.ISO_8859_1)
          .contains(container.id().value());
    } catch (IOException e) {
      return false;
    }
  }
}
