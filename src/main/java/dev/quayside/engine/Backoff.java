package dev.quayside.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Says how long to wait before the next attempt: from a quarter of a second to five, doubling, with
 * jitter.
 */
final class Backoff {

  private static final long FIRST_MILLIS = 250;
  private static final long LAST_MILLIS = 5000;
  private static final int MOST_DOUBLINGS = 5;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Returns the next pause; jitter takes off up to a fifth, so that many panels do not knock
   * together.
   */
  Duration next() {
    long full = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    return Duration.ofMillis(
        Math.max(FIRST_MILLIS, Math.round(full * (1 - 0.2 * random.nextDouble()))));
  }

  void reset() {
    failures = 0;
  }
}
