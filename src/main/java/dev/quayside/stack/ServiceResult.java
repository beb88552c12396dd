package dev.quayside.stack;

import java.time.Duration;

/**
 * Tells how one service ended.
 *
 * @param service its name
 * @param state what was reached
 * @param text a short line for people: the health output, the exit code, why it was left alone
 * @param took from the call to the state
 */
public record ServiceResult(String service, Reached state, String text, Duration took) {

  /** Names what a service reached. */
  public enum Reached {
    /** Its health check passes. */
    HEALTHY,
    /** It runs; it has no health check. */
    RUNNING,
    /** It does not run, as asked. */
    STOPPED,
    /** It was left alone on purpose, for example a container that its stack keeps stopped. */
    LEFT_ALONE,
    /** Its health check fails. */
    UNHEALTHY,
    /** It ended by itself, with a fault or although nothing says that it should. */
    EXITED,
    /** It was not ready within the patience. */
    TIMED_OUT,
    /** It was changed, and the operator stopped the waiting before it was seen ready. */
    NOT_AWAITED
  }

  /** Returns whether the service is as it was asked to be. */
  public boolean asAsked() {
    return switch (state) {
      case HEALTHY, RUNNING, STOPPED, LEFT_ALONE -> true;
      case UNHEALTHY, EXITED, TIMED_OUT, NOT_AWAITED -> false;
    };
  }
}
