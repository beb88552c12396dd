package dev.quayside.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of one change to one container, or to the list of networks.
 *
 * @param kind what happened
 * @param container to which container; one with an empty id where the kind is {@link
 *     Kind#NETWORK_LIST}
 * @param health the new health where the kind is {@link Kind#HEALTH}, else null
 * @param attributes what the engine told besides: name, image, exit code, labels; foreign text
 * @param at the engine's own stamp
 */
public record EngineEvent(
    Kind kind,
    ContainerId container,
    @Nullable Health health,
    Map<String, String> attributes,
    Instant at) {

  /** Makes the attributes immutable. */
  public EngineEvent {
    attributes = Map.copyOf(attributes);
  }

  /**
   * Names what can happen to a container; whatever an engine may invent later is {@link #OTHER}.
   */
  public enum Kind {
    CREATED,
    STARTED,
    RESTARTED,
    DIED,
    KILLED,
    STOPPED,
    PAUSED,
    UNPAUSED,
    OUT_OF_MEMORY,
    RENAMED,
    UPDATED,
    HEALTH,
    NETWORK,
    /** A network was made or removed; it is about no container. */
    NETWORK_LIST,
    DESTROYED,
    OTHER
  }
}
