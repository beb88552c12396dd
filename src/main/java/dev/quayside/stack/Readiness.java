package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Waiting;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.engine.Health;
import dev.quayside.stack.ServiceResult.Reached;
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

  /**
   * Label with what a container depends on, as {@code SERVICE:CONDITION:RESTART} separated by
   * commas (Compose 2, {@code api.DependenciesLabel}).
   */
  private static final String DEPENDS_ON = "com.docker.compose.depends_on";

  private static final String AT_ITS_END = "service_completed_successfully";
  private static final Duration INTERVAL = Duration.ofMillis(250);
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
   * @param endedBefore whether it had run to its end before the change
   */
  record Wanted(
      String project, String service, @Nullable String brokenHealth, boolean endedBefore) {}

  /**
   * Waits for all of {@code wanted} together, for at most {@code patience}; results come in that
   * order. Once the operator wishes to stop it looks a last time and waits no longer.
   */
  List<ServiceResult> await(List<Wanted> wanted, Duration patience, Progress progress)
      throws ProblemException {
    long began = nanoClock.getAsLong();
    ContainerWatch watch = new ContainerWatch(engine, nanoClock);
    Map<Wanted, ServiceResult> done = new HashMap<>();
    Waiting.until(
        () -> {
          List<Container> all = engine.list();
          for (Wanted one : wanted) {
            ServiceResult result = done.containsKey(one) ? null : look(one, all, watch, began);
            if (result != null) {
              done.put(one, result);
              progress.line(MESSAGES.get("ready." + result.state(), one.service(), result.text()));
            }
          }
          return done.size() == wanted.size() || progress.cancelled();
        },
        patience,
        INTERVAL);
    List<Container> last = engine.list();
    List<ServiceResult> results = new ArrayList<>();
    for (Wanted one : wanted) {
      ServiceResult result = done.get(one);
      results.add(
          result == null
              ? late(one, containersOf(one, last), progress.cancelled(), began)
              : result);
    }
    return List.copyOf(results);
  }

  /**
   * Returns the result of a service whose containers have all come to rest, or null while one has
   * not.
   */
  private @Nullable ServiceResult look(
      Wanted one, List<Container> all, ContainerWatch watch, long began) throws ProblemException {
    ContainerWatch.Sight worst = null;
    for (Container container : containersOf(one, all)) {
      ContainerWatch.Sight sight = watch.look(container, one.brokenHealth() != null);
      if (sight == null) {
        return null;
      }
      if (worst == null || rank(sight.reached()) > rank(worst.reached())) {
        worst = sight;
      }
    }
    if (worst == null) {
      return null;
    }
    if (worst.reached() == Reached.STOPPED && !mayEnd(one, all)) {
      return result(one, Reached.EXITED, MESSAGES.get("exit.unasked"), began);
    }
    boolean excused = worst.reached() == Reached.RUNNING && one.brokenHealth() != null;
    return result(one, worst.reached(), excused ? one.brokenHealth() : worst.text(), began);
  }

  private static int rank(Reached reached) {
    return switch (reached) {
      case HEALTHY -> 0;
      case RUNNING -> 1;
      case LEFT_ALONE -> 2;
      case STOPPED -> 3;
      case TIMED_OUT -> 4;
      case UNHEALTHY -> 5;
      case EXITED -> 6;
      case NOT_AWAITED -> throw new IllegalArgumentException("nobody sees that in a container");
    };
  }

  /**
   * Returns whether it is well that a service ran to its end: it had before, or one of its project
   * depends on that end.
   */
  private static boolean mayEnd(Wanted one, List<Container> all) {
    return one.endedBefore()
        || all.stream()
            .filter(other -> one.project().equals(other.project()))
            .anyMatch(other -> awaitsEnd(other, one.service()));
  }

  private static boolean awaitsEnd(Container container, String service) {
    for (String dependency : container.labels().getOrDefault(DEPENDS_ON, "").split(",", -1)) {
      String[] words = dependency.split(":", -1);
      if (words.length > 1 && words[0].equals(service) && words[1].equals(AT_ITS_END)) {
        return true;
      }
    }
    return false;
  }

  private ServiceResult late(Wanted one, List<Container> mine, boolean cancelled, long began) {
    if (cancelled) {
      return result(one, Reached.NOT_AWAITED, MESSAGES.get("late.cancelled"), began);
    }
    if (mine.isEmpty()) {
      return result(one, Reached.TIMED_OUT, MESSAGES.get("late.absent"), began);
    }
    boolean unhealthy = mine.stream().anyMatch(container -> container.health() == Health.UNHEALTHY);
    return unhealthy
        ? result(one, Reached.UNHEALTHY, MESSAGES.get("late.unhealthy"), began)
        : result(one, Reached.TIMED_OUT, MESSAGES.get("late.starting"), began);
  }

  static List<Container> containersOf(Wanted one, List<Container> all) {
    return all.stream()
        .filter(container -> one.service().equals(container.service()))
        .filter(container -> one.project().equals(projectOf(container)))
        .filter(container -> !Stacks.isOneOff(container))
        .toList();
  }

  private static String projectOf(Container container) {
    String project = container.project();
    return project == null ? "" : project;
  }

  private ServiceResult result(Wanted one, Reached state, @Nullable String text, long began) {
    Duration took = Duration.ofNanos(nanoClock.getAsLong() - began);
    return new ServiceResult(one.service(), state, text == null ? "" : text, took);
  }
}
