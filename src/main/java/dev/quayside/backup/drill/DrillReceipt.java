package dev.quayside.backup.drill;

import dev.quayside.backup.Proof;
import dev.quayside.common.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a drill of an archive showed.
 *
 * @param id identity of the drill
 * @param archive where the archive was
 * @param archiveId identity of the archive
 * @param stack name of the stack
 * @param at when it ended
 * @param took how long it took, with the verification before
 * @param complete whether all that was asked for is in the set, as it was at one moment
 * @param services every stateful service of the set
 * @param fault what is wrong with the archive itself, in which case nothing was tried; null if it
 *     is sound
 */
public record DrillReceipt(
    String id,
    Path archive,
    String archiveId,
    String stack,
    Instant at,
    Duration took,
    boolean complete,
    List<DrilledService> services,
    @Nullable Problem fault) {

  /** Makes the list immutable and keeps whole milliseconds. */
  public DrillReceipt {
    services = List.copyOf(services);
    took = took.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Returns how many services have {@code verdict}. */
  public int count(DrilledService.Verdict verdict) {
    return (int) services.stream().filter(one -> one.verdict() == verdict).count();
  }

  /** Returns what is kept of it beside the archive. */
  public Proof proof() {
    return new Proof(
        at,
        count(DrilledService.Verdict.PROVEN),
        services.size(),
        count(DrilledService.Verdict.FAILED),
        complete,
        services.stream()
            .filter(one -> one.verdict() != DrilledService.Verdict.PROVEN)
            .map(one -> one.service() + ": " + one.reason())
            .toList());
  }

  /** Returns whether the archive is proven by it. */
  public boolean proven() {
    return fault == null && proof().whole();
  }
}
