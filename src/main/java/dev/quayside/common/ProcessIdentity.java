package dev.quayside.common;

import java.time.Duration;
import java.time.Instant;

/**
 * Identifies a process beyond the reuse of its number.
 *
 * @param pid the process id
 * @param startedAt when it started, as the system says; the epoch if it had ended before anyone
 *     could look
 */
public record ProcessIdentity(long pid, Instant startedAt) {

  // The system counts from its boot, and the time of the boot moves a little when the clock is set.
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

  /** Returns what identifies the process behind {@code handle}. */
  public static ProcessIdentity of(ProcessHandle handle) {
    return new ProcessIdentity(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
  }

  /** Returns whether this very process still runs. */
  public boolean alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .filter(start -> Duration.between(startedAt, start).abs().compareTo(CLOCK_SLACK) < 0)
        .isPresent();
  }
}
