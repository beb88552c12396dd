package dev.quayside.stack;

import dev.quayside.engine.Container;
import java.util.List;

/**
 * Describes one service with its containers.
 *
 * @param name the service, or the container's name where Compose did not make it
 * @param containers its containers in the order of their names, stopped ones too; one-off
 *     containers are left out
 */
public record StackService(String name, List<Container> containers) {

  /** Makes the list immutable. */
  public StackService {
    containers = List.copyOf(containers);
  }
}
