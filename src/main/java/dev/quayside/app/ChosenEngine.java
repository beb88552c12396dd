package dev.quayside.app;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineConnector;
import dev.quayside.engine.EngineLocator;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.Located;
import org.jspecify.annotations.Nullable;

/**
 * Locates the engine once and goes back to the same one from then on, so that the window, Compose
 * and the changing calls never work on two engines. Safe for use by several threads.
 */
final class ChosenEngine implements EngineSource {

  private final EngineLocator locator;
  private final EngineConnector connector;
  private @Nullable Endpoint endpoint;

  ChosenEngine(EngineLocator locator, EngineConnector connector) {
    this.locator = locator;
    this.connector = connector;
  }

  @Override
  public Engine connect() throws ProblemException {
    Endpoint known = known();
    if (known != null) {
      return connector.connect(known);
    }
    Located located = locator.locate();
    Endpoint chosen = choose(located.endpoint());
    if (chosen.equals(located.endpoint())) {
      return located.engine();
    }
    located.engine().close();
    return connector.connect(chosen);
  }

  /** Returns where the engine is, locating it first where that has not been done. */
  Endpoint endpoint() throws ProblemException {
    Endpoint known = known();
    if (known != null) {
      return known;
    }
    Located located = locator.locate();
    located.engine().close();
    return choose(located.endpoint());
  }

  private synchronized @Nullable Endpoint known() {
    return endpoint;
  }

  /** Keeps what is found first, by whichever thread, and returns what is kept. */
  private synchronized Endpoint choose(Endpoint found) {
    Endpoint kept = endpoint == null ? found : endpoint;
    endpoint = kept;
    return kept;
  }
}
