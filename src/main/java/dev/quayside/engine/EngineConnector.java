package dev.quayside.engine;

import dev.quayside.common.ProblemException;

/**
 * Makes the connection to an engine at a given place: asks for its version first, agrees on one,
 * reads what it is.
 */
public interface EngineConnector {

  /** Connects to {@code endpoint} or says why not. */
  Engine connect(Endpoint endpoint) throws ProblemException;
}
