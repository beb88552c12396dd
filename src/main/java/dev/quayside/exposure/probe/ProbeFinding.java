package dev.quayside.exposure.probe;

import dev.quayside.catalogue.KnownService.Authentication;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was found out about the protection of one service, with the evidence.
 *
 * @param service that was asked
 * @param container that was asked, by name; empty where any of the service may have been
 * @param port inside its container
 * @param expects what the catalogue says that it asks of a caller; null where it says nothing
 * @param guard what the answers say
 * @param answers what was asked and answered, in this order: none, wrong, right
 * @param at when the last answer was judged
 */
public record ProbeFinding(
    String service,
    String container,
    int port,
    @Nullable Authentication expects,
    Guard guard,
    List<ProbeAnswer> answers,
    Instant at) {

  /** Makes the list immutable. */
  public ProbeFinding {
    answers = List.copyOf(answers);
  }
}
