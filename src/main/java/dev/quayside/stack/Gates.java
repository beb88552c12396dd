package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.stack.StackDefinition.Condition;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds each service back until what it depends on is as its definition asks: started, healthy, or
 * at its end. Services have to be asked for in the order of dependence. For one thread.
 */
final class Gates {

  private static final Messages MESSAGES = Messages.of("lifecycle");

  private final Engine engine;
  private final Recreation recreation;
  private final LifecycleRequest request;
  private final StackDefinition definition;
  private final Set<String> concerned;
  private final Progress progress;
  private final Set<String> heldBack = new HashSet<>();

  /**
   * Creates the gates of one run.
   *
   * @param concerned services that the run starts
   */
  Gates(
      Engine engine,
      Recreation recreation,
      LifecycleRequest request,
      @Nullable StackDefinition definition,
      List<String> concerned,
      Progress progress) {
    this.engine = engine;
    this.recreation = recreation;
    this.request = request;
    this.definition = definition == null ? StackDefinition.told(request.stack()) : definition;
    this.concerned = Set.copyOf(concerned);
    this.progress = progress;
  }

  /** Waits until {@code service} may start; returns why it may not, or null where it may. */
  @Nullable String closed(String service) throws ProblemException {
    StackDefinition.DefinedService defined = definition.services().get(service);
    if (defined == null) {
      return null;
    }
    for (Map.Entry<String, Condition> one : defined.dependencies().entrySet()) {
      String reason = closed(service, one.getKey(), one.getValue());
      if (reason != null) {
        heldBack.add(service);
        return reason;
      }
    }
    return null;
  }

  private @Nullable String closed(String service, String other, Condition condition)
      throws ProblemException {
    if (condition == Condition.OPTIONAL) {
      return null;
    }
    if (heldBack.contains(other)) {
      return MESSAGES.get("gate.held-back", other);
    }
    boolean ours = concerned.contains(other);
    if (!ours && request.action() == LifecycleRequest.Action.RESTART) {
      // It ran beside the other one as that is, and may go on so.
      return null;
    }
    Readiness.Wanted wanted = new Readiness.Wanted(request.stack().name(), other, null, false);
    List<Container> containers = Readiness.containersOf(wanted, engine.list());
    if (containers.isEmpty()) {
      return definition.services().containsKey(other) ? MESSAGES.get("gate.absent", other) : null;
    }
    boolean live = containers.stream().anyMatch(Container::live);
    return switch (condition) {
      case STARTED, OPTIONAL -> live || ours ? null : MESSAGES.get("gate.stopped", other);
      case HEALTHY ->
          live ? waited(service, other, condition) : MESSAGES.get("gate.stopped", other);
      case COMPLETED -> waited(service, other, condition);
    };
  }

  private @Nullable String waited(String service, String other, Condition condition)
      throws ProblemException {
    progress.line(MESSAGES.get("gate.waiting." + condition, service, other));
    Duration patience = request.patience();
    ServiceResult result =
        recreation
            .await(engine, request.stack(), List.of(other), List.of(), patience, progress)
            .getFirst();
    boolean open =
        switch (result.state()) {
          case HEALTHY, RUNNING -> condition == Condition.HEALTHY;
          case STOPPED -> condition == Condition.COMPLETED;
          case LEFT_ALONE, UNHEALTHY, EXITED, TIMED_OUT, NOT_AWAITED -> false;
        };
    return open
        ? null
        : MESSAGES.get(
            "gate.closed." + condition,
            other,
            result.text(),
            Long.toString(result.took().toSeconds()));
  }
}
