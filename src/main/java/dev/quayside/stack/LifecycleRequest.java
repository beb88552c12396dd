package dev.quayside.stack;

import java.time.Duration;
import java.util.List;

/**
 * Asks for a change of state.
 *
 * @param action what to do
 * @param stack as last seen
 * @param services the names; empty for all
 * @param patience how long to wait for each service to become healthy, or running where it has no
 *     health check
 * @param swap whether models that hold the GPU of one to start are stopped first
 */
public record LifecycleRequest(
    Action action, Stack stack, List<String> services, Duration patience, boolean swap) {

  /** How long a service may take where nobody said otherwise. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(3);

  /** Makes the list immutable. */
  public LifecycleRequest {
    services = List.copyOf(services);
  }

  /** Asks with the usual patience. */
  public LifecycleRequest(Action action, Stack stack, List<String> services) {
    this(action, stack, services, DEFAULT_PATIENCE);
  }

  /** Asks for something that stops no other model. */
  public LifecycleRequest(Action action, Stack stack, List<String> services, Duration patience) {
    this(action, stack, services, patience, false);
  }

  /** Asks for the same, with models stopped that hold the GPU of one to start. */
  public LifecycleRequest swapping() {
    return new LifecycleRequest(action, stack, services, patience, true);
  }

  LifecycleRequest on(Stack other) {
    return new LifecycleRequest(action, other, services, patience, swap);
  }

  /** Names what can be done. */
  public enum Action {
    /** Makes and starts what is missing or differs from its definition; through Compose. */
    UP,
    /** Starts existing containers. */
    START,
    /** Stops running containers. */
    STOP,
    /** Stops and starts the same containers; new settings are not applied. */
    RESTART,
    /** Makes the containers anew from their definition; through Compose. */
    RECREATE
  }
}
