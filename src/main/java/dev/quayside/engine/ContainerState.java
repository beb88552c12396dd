package dev.quayside.engine;

/**
 * Names the states of a container as the engine does; anything it may invent later is {@link
 * #UNKNOWN}.
 */
public enum ContainerState {
  CREATED,
  RUNNING,
  PAUSED,
  RESTARTING,
  REMOVING,
  EXITED,
  DEAD,
  UNKNOWN;

  /** Returns whether a container in it has processes. */
  public boolean live() {
    return this == RUNNING || this == PAUSED || this == RESTARTING;
  }
}
