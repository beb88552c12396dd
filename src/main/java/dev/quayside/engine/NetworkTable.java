package dev.quayside.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the networks of one engine and decides when to read them again: one reading at a time, at
 * most two a second, and for a name that no reading knows only once. Confined to one thread.
 */
final class NetworkTable {

  private static final long BETWEEN_NANOS = Duration.ofMillis(500).toNanos();
  private static final long AFTER_FAILURE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long FAR_NANOS = Duration.ofDays(1).toNanos();

  private static final Comparator<Network> ORDER =
      Comparator.comparing(Network::name).thenComparing(Network::id);

  private final Set<String> missing = new HashSet<>();
  private List<Network> networks = List.of();
  private boolean wanted;
  private boolean reading;
  private long notBefore;

  /** Returns the networks as last read; none before the first answer. */
  List<Network> networks() {
    return networks;
  }

  /** Asks for another reading, also while one is under way: that one may be too old. */
  void want() {
    wanted = true;
  }

  /** Asks for another reading if a live container is on a network that was never looked for. */
  void look(List<Container> containers) {
    Set<String> known = networks.stream().map(Network::name).collect(Collectors.toSet());
    for (Container container : containers) {
      for (String name : container.live() ? container.networks() : List.<String>of()) {
        if (!known.contains(name) && missing.add(name)) {
          wanted = true;
        }
      }
    }
    missing.removeAll(known);
  }

  /** Returns whether a reading is to begin now; the caller then begins it. */
  boolean begin(long now) {
    if (!wanted || reading || notBefore - now > 0) {
      return false;
    }
    begun();
    return true;
  }

  /** Notes that a reading has begun. */
  void begun() {
    wanted = false;
    reading = true;
  }

  /** Returns when {@link #begin} may answer differently. */
  long nextDue(long now) {
    return wanted && !reading ? Math.max(now, notBefore) : now + FAR_NANOS;
  }

  /**
   * Takes the end of a reading.
   *
   * @param read what was read; null if it failed, and what was known stays
   * @return whether anything changed
   */
  boolean ended(@Nullable List<Network> read, long now) {
    reading = false;
    if (read == null) {
      wanted = true;
      notBefore = now + AFTER_FAILURE_NANOS;
      return false;
    }
    notBefore = now + BETWEEN_NANOS;
    // An engine lists them in another order each time.
    List<Network> sorted = read.stream().sorted(ORDER).toList();
    boolean changed = !sorted.equals(networks);
    networks = sorted;
    return changed;
  }

  /** Forgets what was under way on a connection that has ended; what is known stays, as old. */
  void release(long now) {
    wanted = false;
    reading = false;
    notBefore = now;
    missing.clear();
  }
}
