package dev.quayside.exposure;

import dev.quayside.common.Messages;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.RuntimeFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers what the containers listen on that are on the host's network or have an address on the
 * LAN, so that reading it (a directory of every one of their processes) happens each few seconds
 * and not at every snapshot. From any thread.
 *
 * <p>Datagram sockets on ports of the kernel's own choice ({@code ip_local_port_range}) are not
 * told one by one, because most of them are clients'.
 */
public final class ListeningSockets {

  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(1).toNanos();

  private record Known(OptionalLong pid, long nanos, Listening listening) {}

  private final SocketTable table;
  private final LongSupplier nanoTime;
  private final Messages messages = Messages.of("exposure");
  private final Map<ContainerId, Known> known = new ConcurrentHashMap<>();

  /**
   * Reads below {@code root}, which is {@code /} but in tests.
   *
   * @param nanoTime a clock that never jumps, in nanoseconds
   */
  public ListeningSockets(Path root, LongSupplier nanoTime) {
    this.table = new SocketTable(root, messages);
    this.nanoTime = nanoTime;
  }

  /** Returns what a container listens on in its network, at most a few seconds old. */
  public Listening of(Container container) {
    RuntimeFacts facts = container.facts();
    OptionalLong pid = facts == null ? OptionalLong.empty() : facts.pid();
    if (pid.isEmpty()) {
      return new Listening.Hidden(messages.get("reason.no-pid"));
    }
    long now = nanoTime.getAsLong();
    Known before = known.get(container.id());
    if (before != null && before.pid.equals(pid) && now - before.nanos < FRESH_NANOS) {
      return before.listening;
    }
    Listening read = table.read(pid.getAsLong(), container.id());
    known.values().removeIf(old -> now - old.nanos > FORGOTTEN_NANOS);
    known.put(container.id(), new Known(pid, now, read));
    return read;
  }
}
