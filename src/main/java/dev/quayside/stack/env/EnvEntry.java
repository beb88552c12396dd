package dev.quayside.stack.env;

/**
 * Describes one assignment of an environment file without its value.
 *
 * @param name the variable
 * @param line where the assignment begins, from 1
 * @param style how the value is quoted
 * @param agreed whether Compose and a shell that sources the file read the same value
 * @param writable whether the value can be replaced so that both read the new one
 * @param empty whether the value is the empty text
 * @param start offset of the first byte of the value, quotes included
 * @param end offset behind the last byte of the value, quotes included
 */
public record EnvEntry(
    String name,
    int line,
    Style style,
    boolean agreed,
    boolean writable,
    boolean empty,
    int start,
    int end) {

  /** Names how a value is quoted. */
  public enum Style {
    PLAIN,
    SINGLE,
    DOUBLE
  }
}
