package dev.quayside.engine;

/**
 * Tells of one difference between a container's writable layer and its image.
 *
 * @param kind what happened to the path
 * @param path absolute, inside the container; foreign text
 */
public record FileChange(Kind kind, String path) {

  /** Names the kinds of difference. */
  public enum Kind {
    MODIFIED,
    ADDED,
    DELETED
  }
}
