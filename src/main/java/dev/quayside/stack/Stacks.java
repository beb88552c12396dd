package dev.quayside.stack;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineSnapshot;
import java.util.List;

/** Finds the stacks on an engine by the labels that Compose left. */
@SuppressWarnings("DoNotCallSuggester")
public final class Stacks {

  /**
   * Returns all stacks by name; the containers that Compose did not make come last, under an empty
   * name.
   */
  public List<Stack> all(EngineSnapshot snapshot) {
    throw new UnsupportedOperationException();
  }

  /** Returns the stack called {@code name}, or throws a problem that names those there are. */
  public Stack find(EngineSnapshot snapshot, String name) throws ProblemException {
    throw new UnsupportedOperationException();
  }
}
