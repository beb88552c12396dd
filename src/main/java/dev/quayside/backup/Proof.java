package dev.quayside.backup;

import java.time.Instant;
import java.util.List;

/**
 * Records what the last drill of an archive showed.
 *
 * @param at when it ended
 * @param proven how many stateful services came back to life
 * @param of how many stateful services the set has
 * @param failed how many of the others were refused by their own server; the rest is unknown
 * @param complete whether all that was asked for is in the set, as it was at one moment
 * @param reasons why each of the others is not proven, in words
 */
public record Proof(
    Instant at, int proven, int of, int failed, boolean complete, List<String> reasons) {

  /** Makes the list immutable. */
  public Proof {
    reasons = List.copyOf(reasons);
  }

  /**
   * Returns whether the archive is proven: every stateful service of the set came back to life, and
   * nothing is missing in the set.
   */
  public boolean whole() {
    return complete && of > 0 && proven == of;
  }
}
