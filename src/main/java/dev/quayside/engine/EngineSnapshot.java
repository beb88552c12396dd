package dev.quayside.engine;

import java.util.List;

/**
 * Holds what runs on the engine at one moment.
 *
 * @param connection how we stand with the engine
 * @param containers all containers, stopped ones too, each id once, in the order of their names
 * @param complete whether the first full list has arrived on this connection
 * @param networks as last read; none where the engine has not told them
 */
public record EngineSnapshot(
    Connection connection, List<Container> containers, boolean complete, List<Network> networks) {

  /** Makes the lists immutable. */
  public EngineSnapshot {
    containers = List.copyOf(containers);
    networks = List.copyOf(networks);
  }

  /** Holds what runs on an engine that has not told its networks. */
  public EngineSnapshot(Connection connection, List<Container> containers, boolean complete) {
    this(connection, containers, complete, List.of());
  }

  /** Returns the snapshot before anything is known. */
  public static EngineSnapshot nothingYet() {
    return new EngineSnapshot(new Connection.Connecting(), List.of(), false);
  }
}
