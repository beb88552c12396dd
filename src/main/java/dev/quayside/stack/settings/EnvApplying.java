package dev.quayside.stack.settings;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.Stack;
import java.util.List;

/**
 * Makes the containers follow the files: exactly the running services that are out of date with
 * them are made anew, no other is touched.
 */
public final class EnvApplying {

  private final EnvImpacts impacts;
  private final Lifecycle lifecycle;

  /** Creates it over the operation that makes containers anew. */
  public EnvApplying(EnvImpacts impacts, Lifecycle lifecycle) {
    this.impacts = impacts;
    this.lifecycle = lifecycle;
  }

  /** Returns what {@link #apply} would make anew now. */
  public EnvImpact plan(Stack stack) {
    return impacts.now(stack);
  }

  /** Makes anew what is out of date, blocking its caller. */
  public Outcome<LifecycleReceipt> apply(Stack stack, Progress progress) {
    EnvImpact impact = impacts.now(stack);
    Problem unknown = impact.unknown();
    if (unknown != null) {
      return new Outcome.Failed<>(unknown);
    }
    if (impact.recreated().isEmpty()) {
      // No names would mean all services.
      return new Outcome.Done<>(
          new LifecycleReceipt(
              LifecycleRequest.Action.RECREATE, stack.name(), List.of(), List.of(), ""));
    }
    return lifecycle.run(
        new LifecycleRequest(LifecycleRequest.Action.RECREATE, stack, impact.recreated()),
        progress);
  }

  /** Starts the same containers again, which read no new settings of Compose. */
  public Outcome<LifecycleReceipt> restart(Stack stack, List<String> services, Progress progress) {
    if (services.isEmpty()) {
      return new Outcome.Done<>(
          new LifecycleReceipt(
              LifecycleRequest.Action.RESTART, stack.name(), List.of(), List.of(), ""));
    }
    return lifecycle.run(
        new LifecycleRequest(LifecycleRequest.Action.RESTART, stack, services), progress);
  }
}
