package dev.quayside.engine;

import dev.quayside.common.Problem;
import java.util.List;

/**
 * Holds an engine that was found, and what was tried before.
 *
 * @param engine connected; the receiver closes it
 * @param endpoint where it is
 * @param way how it was found, for people: {@code DOCKER_HOST}, {@code context desktop}
 * @param failed the ways that were tried before and failed, in order
 */
public record Located(Engine engine, Endpoint endpoint, String way, List<Attempt> failed) {

  /** Makes the list immutable. */
  public Located {
    failed = List.copyOf(failed);
  }

  /**
   * Holds one way that failed.
   *
   * @param way how it was found
   * @param address what was tried
   * @param problem why it failed
   */
  public record Attempt(String way, String address, Problem problem) {}
}
