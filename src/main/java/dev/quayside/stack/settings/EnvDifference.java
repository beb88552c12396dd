package dev.quayside.stack.settings;

import org.jspecify.annotations.Nullable;

/**
 * Tells one difference between two contents of a file. Values of secrets are masked.
 *
 * @param kind what differs
 * @param name the setting; empty for {@link Kind#OTHER_LINES}
 * @param oldLine where it stands before, from 1; 0 where it does not
 * @param newLine where it stands after, from 1; 0 where it does not; for {@link Kind#OTHER_LINES}
 *     how many lines
 * @param oldValue for people; null where there is none
 * @param newValue for people; null where there is none
 */
public record EnvDifference(
    Kind kind,
    String name,
    int oldLine,
    int newLine,
    @Nullable String oldValue,
    @Nullable String newValue) {

  /** Names what can differ. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    /** The value is the same and written in another way. */
    REWRITTEN,
    /** The value is the same; it is set on more or fewer lines. */
    REPEATED,
    /** It stands before or behind other settings than it did. */
    MOVED,
    /** Comments, blank lines or line ends. */
    OTHER_LINES
  }
}
