package dev.quayside.engine;

import dev.quayside.common.ProblemException;

/** Gives a fresh connection to the engine that was chosen, as often as it is asked. */
public interface EngineSource {

  /** Connects. */
  Engine connect() throws ProblemException;
}
