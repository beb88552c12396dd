package dev.quayside.engine;

import java.util.List;

/**
 * Holds what runs on the engine at one moment.
 *
 * @param connection how we stand with the engine
 * @param containers all containers, stopped ones too, each id once, in the order of their names
 * @param complete whether the first full list has arrived on this connection
 */
public record EngineSnapshot(Connection connection, List<Container> containers, boolean complete) {

  /** Makes the list immutable. */
  public EngineSnapshot {
    containers = List.copyOf(containers);
  }

  /** Returns the snapshot before anything is known. */
  public static EngineSnapshot nothingYet() {
    return new EngineSnapshot(new Connection.Connecting(), List.of(), false);
  }
}
