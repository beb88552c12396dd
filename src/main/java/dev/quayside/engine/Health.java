package dev.quayside.engine;

/** Names the result of a container's health check; {@link #NONE} where it has none. */
public enum Health {
  NONE,
  STARTING,
  HEALTHY,
  UNHEALTHY
}
