package dev.quayside.stack.settings;

/**
 * Tells one thing that is wrong with an environment file, or may be.
 *
 * @param kind what
 * @param name the setting; empty where the file as a whole is meant
 * @param line where, from 1; 0 where the file as a whole is meant
 * @param text for people; holds no value
 */
public record EnvProblem(Kind kind, String name, int line, String text) {

  /** Names what can be wrong. */
  public enum Kind {
    /** Compose cannot read the file. */
    BROKEN,
    /** A setting is set more than once; the last line counts. */
    DUPLICATE,
    /** Not every reader of the file reads the same. */
    READ_DIFFERENTLY,
    /** Lines end in CRLF. */
    CRLF,
    /** Others than the owner can read or write the file. */
    MODE,
    /** The file belongs to somebody else than its folder. */
    OWNER,
    /** Compose puts a variable in where a dollar sign stands. */
    INTERPOLATED,
    /** A variable is put in that the file does not set. */
    UNDEFINED,
    /** The setting has no effect. */
    INERT,
    /** The value is a placeholder, or known to everybody. */
    KNOWN_VALUE
  }
}
