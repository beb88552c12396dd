package dev.quayside.catalogue;

import java.util.Map;
import java.util.Set;

/**
 * Says what is special about starting, stopping and making anew.
 *
 * @param keptStopped services whose containers the stack itself starts and stops
 * @param healthNeverPasses services whose health check cannot pass, with the reason for people
 * @param signsOut services whose users are signed out when they are made anew
 */
public record LifeRules(
    Set<String> keptStopped, Map<String, String> healthNeverPasses, Set<String> signsOut) {

  /** Makes the collections immutable. */
  public LifeRules {
    keptStopped = Set.copyOf(keptStopped);
    healthNeverPasses = Map.copyOf(healthNeverPasses);
    signsOut = Set.copyOf(signsOut);
  }
}
