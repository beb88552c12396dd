package dev.quayside.engine.socket;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineConnector;

/** Connects to engines over sockets. */
@SuppressWarnings("DoNotCallSuggester")
public final class SocketConnector implements EngineConnector {

  @Override
  public Engine connect(Endpoint endpoint) throws ProblemException {
    throw new UnsupportedOperationException("being written");
  }
}
