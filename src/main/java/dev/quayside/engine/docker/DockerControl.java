package dev.quayside.engine.docker;

import dev.quayside.engine.Endpoint;
import dev.quayside.engine.EngineControl;

/** Makes controls. */
@SuppressWarnings("DoNotCallSuggester")
public final class DockerControl {

  private DockerControl() {}

  /** Returns a control of the engine at {@code endpoint}; it connects with the first call. */
  public static EngineControl of(Endpoint endpoint) {
    throw new UnsupportedOperationException("being written");
  }
}
