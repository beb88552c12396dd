package dev.quayside.exposure.status;

import java.util.List;

/**
 * Holds the services of one Compose project.
 *
 * @param name the project; empty for containers that Compose did not make
 * @param services its containers, in the order of their names
 */
public record StackStatus(String name, List<ServiceStatus> services) {

  /** Makes the list immutable. */
  public StackStatus {
    services = List.copyOf(services);
  }
}
