package dev.quayside.common;

import java.time.Duration;

/** Waits for a condition by asking again and again, for conditions that nobody announces. */
public final class Waiting {

  private Waiting() {}

  /** Asks whether the waiting is over. */
  @FunctionalInterface
  public interface Check {
    /** Returns true to end the waiting. */
    boolean holds() throws ProblemException;
  }

  /**
   * Asks {@code check} at once and then every {@code interval} until it holds.
   *
   * @return whether it held before {@code patience} was over; it is asked at least once
   * @throws ProblemException from the check, or if the thread is interrupted (its flag stays set)
   */
  public static boolean until(Check check, Duration patience, Duration interval)
      throws ProblemException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!check.holds()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      try {
        Thread.sleep(Math.max(1, Math.min(interval.toMillis(), left / 1_000_000)));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new ProblemException(Messages.of("common").problem("INTERRUPTED"), interrupted);
      }
    }
    return true;
  }
}
