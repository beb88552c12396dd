package dev.quayside.ui.services;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import java.util.List;

/** Does what the page asks for. All methods may block and are called off the FX thread. */
public interface ServicesBackend {

  /** Reads the details of a container. */
  ContainerInspection inspect(ContainerId id) throws ProblemException;

  /**
   * Starts, stops, restarts or recreates services and waits for what they reach.
   *
   * @param stack the Compose project; empty for containers that Compose did not make
   * @param services their names
   */
  Outcome<LifecycleReceipt> change(
      LifecycleRequest.Action action, String stack, List<String> services, Progress progress)
      throws ProblemException;

  /** Opens {@code url} in the operator's browser; returns at once. */
  void browse(String url);
}
