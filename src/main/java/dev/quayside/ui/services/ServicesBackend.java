package dev.quayside.ui.services;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.ProfileSet;
import java.util.List;

/** Does what the page asks for. All methods may block and are called off the FX thread. */
public interface ServicesBackend {

  /** Reads the details of a container. */
  ContainerInspection inspect(ContainerId id) throws ProblemException;

  /**
   * Starts, stops, restarts or recreates services and waits for what they reach.
   *
   * @param stack the Compose project; empty for containers that Compose did not make
   * @param services their names; empty for all of the stack
   * @param extras what may be done besides
   */
  Outcome<LifecycleReceipt> change(
      LifecycleRequest.Action action,
      String stack,
      List<String> services,
      Extras extras,
      Progress progress)
      throws ProblemException;

  /** Returns the profiles of a stack with how much of each is there. */
  List<ProfileSet.Profile> profiles(String stack) throws ProblemException;

  /**
   * Says what a change may do besides, after the operator was asked.
   *
   * @param swap stop the models that hold the GPU of one to start
   * @param generate make values for secrets that have none
   */
  record Extras(boolean swap, boolean generate) {

    /** Nothing. */
    public static final Extras NONE = new Extras(false, false);
  }

  /** Opens {@code url} in the operator's browser; returns at once. */
  void browse(String url);
}
