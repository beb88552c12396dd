package dev.quayside.catalogue;

import java.util.Set;

/**
 * Says by what the containers of a kind of stack are recognised.
 *
 * @param services that must all be there
 * @param without services that must not be there
 * @param containerPrefix with which the names of its containers begin; empty where they have none
 */
public record Recognition(Set<String> services, Set<String> without, String containerPrefix) {

  /** Makes the sets immutable. */
  public Recognition {
    services = Set.copyOf(services);
    without = Set.copyOf(without);
  }
}
