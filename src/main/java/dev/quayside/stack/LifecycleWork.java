package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Engine;
import dev.quayside.stack.layer.ProjectHold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one run works with.
 *
 * @param request what is asked, on the stack as it is now
 * @param targets which services that concerns
 * @param turns which models start, and which hold their GPUs
 * @param definition of the stack; null where it cannot be read and is only a help
 * @param hold keeps others from the stack's containers; null where Compose is not needed
 * @param engine for reading
 * @param progress who listens
 * @param outdated services that are to be made anew for it; grows before the run
 * @param notes for the receipt; grows as the run goes on
 * @param left by earlier changes, for the operator to look at; grows as the run goes on
 */
record LifecycleWork(
    LifecycleRequest request,
    LifecycleTargets targets,
    ModelTurns turns,
    @Nullable StackDefinition definition,
    @Nullable ProjectHold hold,
    Engine engine,
    Progress progress,
    List<String> outdated,
    List<String> notes,
    List<Problem> left) {

  LifecycleWork(
      LifecycleRequest request,
      LifecycleTargets targets,
      ModelTurns turns,
      @Nullable StackDefinition definition,
      @Nullable ProjectHold hold,
      Engine engine,
      Progress progress) {
    this(
        request,
        targets,
        turns,
        definition,
        hold,
        engine,
        progress,
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** Waits until {@code services} are ready. */
  List<ServiceResult> ready(Recreation recreation, List<String> services) throws ProblemException {
    return recreation.await(
        engine, request.stack(), services, List.of(), request.patience(), progress);
  }

  /** Returns how Compose makes the stack, whose definition is known. */
  Recreation.Source source(Catalogue catalogue) {
    Stack stack = request.stack();
    return new Recreation.Source(
        stack.name(),
        catalogue.kind(stack.kind(), stack.era()),
        Objects.requireNonNull(stack.invocation()),
        Objects.requireNonNull(definition));
  }

  /** Returns the options with which Compose brings the services up. */
  List<String> options() {
    // All that is meant is named; what is left alone must not come back as a dependency.
    return request.services().isEmpty() ? List.of("--no-deps") : List.of();
  }

  /** Returns the services that Compose then goes through. */
  Collection<String> touched() {
    return request.services().isEmpty()
        ? targets.services()
        : Objects.requireNonNull(definition).withDependencies(targets.services());
  }
}
