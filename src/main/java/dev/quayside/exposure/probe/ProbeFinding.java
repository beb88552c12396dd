package dev.quayside.exposure.probe;

import java.time.Instant;
import java.util.List;

/**
 * Holds what was found out about the protection of one service, with the evidence.
 *
 * @param service that was asked
 * @param port inside its container
 * @param guard what the answers say
 * @param answers what was asked and answered, in this order: none, wrong, right
 * @param at when the last answer was judged
 */
public record ProbeFinding(
    String service, int port, Guard guard, List<ProbeAnswer> answers, Instant at) {

  /** Makes the list immutable. */
  public ProbeFinding {
    answers = List.copyOf(answers);
  }
}
