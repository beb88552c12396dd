package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineFault;
import java.util.Optional;

/** Looks at containers that may be gone by the time they are looked at. */
public final class Inspections {

  private Inspections() {}

  /** Returns what the engine says of {@code container}; empty if it is there no more. */
  public static Optional<ContainerInspection> ifThere(Engine engine, ContainerId container)
      throws ProblemException {
    try {
      return Optional.of(engine.inspect(container));
    } catch (ProblemException e) {
      if (e.problem().code().equals(EngineFault.CONTAINER_GONE.code())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
