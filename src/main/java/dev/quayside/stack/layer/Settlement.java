package dev.quayside.stack.layer;

import dev.quayside.common.Problem;
import java.util.List;

/**
 * Tells what became of what earlier changes of a project had left.
 *
 * @param any whether there was something to bring to an end
 * @param left what the operator has to look at: a copy that was put aside, a service that is down
 */
public record Settlement(boolean any, List<Problem> left) {

  /** Makes the list immutable. */
  public Settlement {
    left = List.copyOf(left);
  }
}
