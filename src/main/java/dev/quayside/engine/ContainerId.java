package dev.quayside.engine;

/**
 * Identifies a container: 64 lower-case hexadecimal characters, as the engine gives them.
 *
 * @param value the full id
 */
public record ContainerId(String value) implements Comparable<ContainerId> {

  /** Returns the first twelve characters, as Docker's own tools show them. */
  public String brief() {
    return value.length() <= 12 ? value : value.substring(0, 12);
  }

  @Override
  public int compareTo(ContainerId other) {
    return value.compareTo(other.value);
  }
}
