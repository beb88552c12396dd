package dev.quayside.stack;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Engine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one run works with.
 *
 * @param request what is asked, on the stack as it is now
 * @param targets which services that concerns
 * @param turns which models start, and which hold their GPUs
 * @param notes for the receipt; grows as the run goes on
 * @param definition of the stack; null where it cannot be read and is only a help
 * @param engine for reading
 * @param progress who listens
 */
record LifecycleWork(
    LifecycleRequest request,
    LifecycleTargets targets,
    ModelTurns turns,
    List<String> notes,
    @Nullable StackDefinition definition,
    Engine engine,
    Progress progress) {

  /** Waits until {@code services} are ready. */
  List<ServiceResult> ready(Recreation recreation, List<String> services) throws ProblemException {
    return recreation.await(
        engine, request.stack(), services, List.of(), request.patience(), progress);
  }
}
