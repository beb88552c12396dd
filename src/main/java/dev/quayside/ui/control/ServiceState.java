package dev.quayside.ui.control;

import dev.quayside.engine.Container;
import dev.quayside.engine.RuntimeFacts;
import org.jspecify.annotations.Nullable;

/**
 * Names the states of a service as the window shows them, each with its own shape, word and colour.
 */
public enum ServiceState {
  HEALTHY,
  RUNNING,
  STARTING,
  UNHEALTHY,
  RESTARTING,
  PAUSED,
  STOPPED,
  FAILED,
  CREATED,
  REMOVING,
  UNKNOWN;

  private static final int ENDED_BY_SIGTERM = 143;

  /**
   * Tells the state of {@code container} from what the engine says of its state, health and last
   * exit.
   */
  public static ServiceState of(Container container) {
    return switch (container.state()) {
      case RUNNING ->
          switch (container.health()) {
            case NONE -> RUNNING;
            case STARTING -> STARTING;
            case HEALTHY -> HEALTHY;
            case UNHEALTHY -> UNHEALTHY;
          };
      case PAUSED -> PAUSED;
      case RESTARTING -> RESTARTING;
      case REMOVING -> REMOVING;
      case CREATED -> CREATED;
      case EXITED -> endedByItself(container.facts()) ? FAILED : STOPPED;
      case DEAD -> FAILED;
      case UNKNOWN -> UNKNOWN;
    };
  }

  private static boolean endedByItself(@Nullable RuntimeFacts facts) {
    if (facts == null || facts.exitCode().isEmpty()) {
      return false;
    }
    int code = facts.exitCode().getAsInt();
    return facts.outOfMemory() || (code != 0 && code != ENDED_BY_SIGTERM);
  }

  /** Returns how much it wants a look, for sorting: 0 most. */
  public int urgency() {
    return switch (this) {
      case FAILED, UNHEALTHY -> 0;
      case RESTARTING -> 1;
      case STARTING, UNKNOWN, REMOVING -> 2;
      case PAUSED -> 3;
      case HEALTHY, RUNNING -> 4;
      case CREATED, STOPPED -> 5;
    };
  }
}
