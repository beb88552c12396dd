package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.stack.ServiceResult.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at containers again and again and says when one has come to rest. Not safe for use by
 * several threads.
 */
final class ContainerWatch {

  private static final long SETTLE_NANOS = Duration.ofSeconds(1).toNanos();
  // An unhealthy service may recover; one that stays so is not waited for to the end.
  private static final long HOPELESS_NANOS = Duration.ofSeconds(20).toNanos();
  private static final int HOPELESS_RESTARTS = 3;
  private static final Messages MESSAGES = Messages.of("stack");

  private final Engine engine;
  private final LongSupplier nanoClock;
  private final Map<String, Long> runningSince = new HashMap<>();
  private final Map<String, Long> unhealthySince = new HashMap<>();

  private final Map<String, Run> runs = new HashMap<>();

  /** Tells one run of a container from another. */
  private record Run(@Nullable Instant startedAt, int restarts) {}

  ContainerWatch(Engine engine, LongSupplier nanoClock) {
    this.engine = engine;
    this.nanoClock = nanoClock;
  }

  /** What a container came to, with a text for people. */
  record Sight(Reached reached, String text) {}

  /**
   * Looks at a container.
   *
   * @param ignoreHealth whether running is enough although it has a health check
   * @return what it came to, or null while it has not
   */
  @Nullable Sight look(Container container, boolean ignoreHealth) throws ProblemException {
    return switch (container.state()) {
      case RUNNING ->
          container.health() == Health.NONE || ignoreHealth
              ? running(container)
              : health(container);
      case EXITED, DEAD -> exited(container);
      case RESTARTING -> restarting(container);
      case CREATED, PAUSED, REMOVING, UNKNOWN -> {
        runningSince.remove(container.id().value());
        yield null;
      }
    };
  }

  /**
   * Waits for a second without a restart. The engine restarts a container that ends at once so fast
   * that it may be seen running each time, so the starts are compared.
   */
  private @Nullable Sight running(Container container) throws ProblemException {
    String id = container.id().value();
    if (!runningSince.containsKey(id)) {
      runs.put(id, run(container));
    }
    if (!lasted(runningSince, container, SETTLE_NANOS)) {
      return null;
    }
    Run now = run(container);
    Run before = runs.put(id, now);
    if (now.equals(before)) {
      return new Sight(Reached.RUNNING, MESSAGES.get("health.none"));
    }
    runningSince.remove(id);
    return now.restarts >= HOPELESS_RESTARTS
        ? new Sight(Reached.EXITED, MESSAGES.get("exit.loop-unknown"))
        : null;
  }

  private Run run(Container container) throws ProblemException {
    RuntimeFacts facts = engine.read(container.id()).facts();
    return facts == null
        ? new Run(null, 0)
        : new Run(facts.startedAt(), facts.restarts().orElse(0));
  }

  private @Nullable Sight health(Container container) {
    return switch (container.health()) {
      case HEALTHY -> new Sight(Reached.HEALTHY, MESSAGES.get("health.passes"));
      case UNHEALTHY ->
          lasted(unhealthySince, container, HOPELESS_NANOS)
              ? new Sight(Reached.UNHEALTHY, MESSAGES.get("late.unhealthy"))
              : null;
      case STARTING, NONE -> {
        unhealthySince.remove(container.id().value());
        yield null;
      }
    };
  }

  private boolean lasted(Map<String, Long> since, Container container, long nanos) {
    long now = nanoClock.getAsLong();
    return now - since.computeIfAbsent(container.id().value(), _ -> now) >= nanos;
  }

  private @Nullable Sight exited(Container container) throws ProblemException {
    RuntimeFacts facts = engine.read(container.id()).facts();
    if (facts == null || facts.exitCode().isEmpty()) {
      return null;
    }
    int code = facts.exitCode().getAsInt();
    return code == 0
        ? new Sight(Reached.STOPPED, MESSAGES.get("exit.clean"))
        : new Sight(Reached.EXITED, MESSAGES.get("exit.code", Integer.toString(code)));
  }

  private @Nullable Sight restarting(Container container) throws ProblemException {
    runningSince.remove(container.id().value());
    RuntimeFacts facts = engine.read(container.id()).facts();
    if (facts == null || facts.restarts().orElse(0) < HOPELESS_RESTARTS) {
      return null;
    }
    return new Sight(
        Reached.EXITED,
        facts.exitCode().isEmpty()
            ? MESSAGES.get("exit.loop-unknown")
            : MESSAGES.get("exit.loop", Integer.toString(facts.exitCode().getAsInt())));
  }
}
