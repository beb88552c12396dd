package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Waiting;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until services are ready: healthy where they have a health check, otherwise running without
 * having been started again between two looks.
 */
final class Readiness {

  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final long SETTLE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Messages MESSAGES = Messages.of("stack");

  private final Engine engine;
  private final LongSupplier nanoClock;

  Readiness(Engine engine, LongSupplier nanoClock) {
    this.engine = engine;
    this.nanoClock = nanoClock;
  }

  /**
   * What to wait for.
   *
   * @param project Compose project; empty for a container that Compose did not make
   * @param service its name, or the container's
   * @param brokenHealth why its health check cannot pass, for people; null where it can
   */
  record Wanted(String project, String service, @Nullable String brokenHealth) {}

  /**
   * Waits for all of {@code wanted} together, each for at most {@code patience}, and returns
   * results in that order.
   */
  List<ServiceResult> await(List<Wanted> wanted, Duration patience, Progress progress)
      throws ProblemException {
    long began = nanoClock.getAsLong();
    Map<Wanted, ServiceResult> done = new HashMap<>();
    Map<String, Long> runningSince = new HashMap<>();
    Waiting.until(
        () -> {
          List<Container> all = engine.list();
          for (Wanted one : wanted) {
            if (!done.containsKey(one)) {
              ServiceResult result = look(one, all, runningSince, began);
              if (result != null) {
                done.put(one, result);
                progress.line(
                    MESSAGES.get("ready." + result.state().name(), one.service(), result.text()));
              }
            }
          }
          return done.size() == wanted.size() || progress.cancelled();
        },
        patience,
        INTERVAL);
    List<ServiceResult> results = new ArrayList<>();
    List<Container> last = engine.list();
    for (Wanted one : wanted) {
      ServiceResult result = done.get(one);
      results.add(result == null ? late(one, last, began) : result);
    }
    return List.copyOf(results);
  }

  private @Nullable ServiceResult look(
      Wanted one, List<Container> all, Map<String, Long> runningSince, long began)
      throws ProblemException {
    List<Container> mine = containersOf(one, all);
    if (mine.isEmpty()) {
      return null;
    }
    ServiceResult.Reached worst = ServiceResult.Reached.HEALTHY;
    for (Container container : mine) {
      Verdict verdict = verdict(one, container, runningSince);
      if (verdict.reached() == null) {
        return null;
      }
      if (verdict.reached() == ServiceResult.Reached.EXITED
          || verdict.reached() == ServiceResult.Reached.STOPPED) {
        return result(one, verdict.reached(), verdict.text(), began);
      }
      worst =
          verdict.reached() == ServiceResult.Reached.RUNNING
              ? ServiceResult.Reached.RUNNING
              : worst;
    }
    String text =
        worst == ServiceResult.Reached.HEALTHY
            ? MESSAGES.get("health.passes")
            : one.brokenHealth() == null ? MESSAGES.get("health.none") : one.brokenHealth();
    return result(one, worst, text, began);
  }

  private record Verdict(ServiceResult.@Nullable Reached reached, String text) {
    static final Verdict NOT_YET = new Verdict(null, "");
  }

  private Verdict verdict(Wanted one, Container container, Map<String, Long> runningSince)
      throws ProblemException {
    if (container.state() == ContainerState.EXITED || container.state() == ContainerState.DEAD) {
      return exited(container);
    }
    if (container.state() != ContainerState.RUNNING) {
      runningSince.remove(container.id().value());
      return Verdict.NOT_YET;
    }
    if (container.health() != Health.NONE && one.brokenHealth() == null) {
      return container.health() == Health.HEALTHY
          ? new Verdict(ServiceResult.Reached.HEALTHY, "")
          : Verdict.NOT_YET;
    }
    long now = nanoClock.getAsLong();
    long since = runningSince.computeIfAbsent(container.id().value(), _ -> now);
    return now - since < SETTLE_NANOS
        ? Verdict.NOT_YET
        : new Verdict(ServiceResult.Reached.RUNNING, "");
  }

  private Verdict exited(Container container) throws ProblemException {
    RuntimeFacts facts = engine.read(container.id()).facts();
    if (facts == null || facts.exitCode().isEmpty()) {
      return Verdict.NOT_YET;
    }
    int code = facts.exitCode().getAsInt();
    return code == 0
        ? new Verdict(ServiceResult.Reached.STOPPED, MESSAGES.get("exit.clean"))
        : new Verdict(
            ServiceResult.Reached.EXITED, MESSAGES.get("exit.code", Integer.toString(code)));
  }

  private ServiceResult late(Wanted one, List<Container> all, long began) {
    List<Container> mine = containersOf(one, all);
    if (mine.isEmpty()) {
      return result(one, ServiceResult.Reached.TIMED_OUT, MESSAGES.get("late.absent"), began);
    }
    boolean unhealthy = mine.stream().anyMatch(container -> container.health() == Health.UNHEALTHY);
    return unhealthy
        ? result(one, ServiceResult.Reached.UNHEALTHY, MESSAGES.get("late.unhealthy"), began)
        : result(one, ServiceResult.Reached.TIMED_OUT, MESSAGES.get("late.starting"), began);
  }

  static List<Container> containersOf(Wanted one, List<Container> all) {
    return all.stream()
        .filter(container -> one.service().equals(container.service()))
        .filter(container -> {
          String project = container.project();
          return one.project().isEmpty() ? project == null : one.project().equals(project);
        })
        .filter(container ->
            !"True".equalsIgnoreCase(container.labels().get("com.docker.compose.oneoff")))
        .toList();
  }

  private ServiceResult result(Wanted one, ServiceResult.Reached state, String text, long began) {
    return new ServiceResult(
        one.service(), state, text, Duration.ofNanos(nanoClock.getAsLong() - began));
  }
}
