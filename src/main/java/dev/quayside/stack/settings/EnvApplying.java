package dev.quayside.stack.settings;

import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.Stack;
import java.util.Collection;
import java.util.List;

/**
 * Makes the containers follow the files: exactly the running services that are out of date with
 * them are made anew, no other is touched.
 */
public final class EnvApplying {

  private static final Messages MESSAGES = Messages.of("env");

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

  /** Makes anew what is out of date, whatever that is by now, blocking its caller. */
  public Outcome<LifecycleReceipt> apply(Stack stack, Progress progress) {
    return apply(stack, impacts.now(stack), progress);
  }

  /**
   * Makes anew what is out of date, blocking its caller. It refuses where that is by now more than
   * somebody was shown: others may have written the files since.
   *
   * @param confirmed the services that were shown
   */
  public Outcome<LifecycleReceipt> apply(
      Stack stack, Collection<String> confirmed, Progress progress) {
    EnvImpact impact = impacts.now(stack);
    List<String> more =
        impact.recreated().stream().filter(service -> !confirmed.contains(service)).toList();
    if (!more.isEmpty()) {
      return new Outcome.Refused<>(
          MESSAGES.problem("ENV-NOT-CONFIRMED", stack.name(), String.join(", ", more)));
    }
    return apply(stack, impact, progress);
  }

  private Outcome<LifecycleReceipt> apply(Stack stack, EnvImpact impact, Progress progress) {
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
}
