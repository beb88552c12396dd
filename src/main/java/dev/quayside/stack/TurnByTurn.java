package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.layer.ProjectHold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Starts, restarts and stops existing containers, one service after the other. */
record TurnByTurn(JournaledEngine control, Recreation recreation, LongSupplier nanoClock) {

  private static final Messages MESSAGES = Messages.of("stack");

  /** Does something with one container. */
  interface Each {
    /** Does it. */
    void on(Container container) throws ProblemException;
  }

  /** Goes through the services in the order of dependence; each waits for what it depends on. */
  List<ServiceResult> inTurn(LifecycleWork work, Intent intent, Each each) throws ProblemException {
    List<String> services = work.targets().services();
    Gates gates =
        new Gates(
            work.engine(),
            recreation,
            work.request(),
            work.definition(),
            services,
            work.progress());
    List<String> reached = new ArrayList<>();
    List<ServiceResult> held = new ArrayList<>();
    for (String service : services) {
      long began = nanoClock.getAsLong();
      String closed = work.progress().cancelled() ? null : gates.closed(service);
      if (work.progress().cancelled()) {
        break;
      }
      if (closed == null) {
        // Nothing is to be started that another one of us has just made and not filled yet.
        try (ProjectHold _ = hold(work)) {
          onContainers(work, intent, service, reached.size() + held.size() + 1, each);
        }
        reached.add(service);
      } else {
        work.progress().line(closed);
        Duration took = Duration.ofNanos(nanoClock.getAsLong() - began);
        held.add(new ServiceResult(service, ServiceResult.Reached.TIMED_OUT, closed, took));
      }
    }
    List<ServiceResult> results = new ArrayList<>(work.ready(recreation, reached));
    results.addAll(held);
    results.addAll(stoppedBefore(services.subList(reached.size() + held.size(), services.size())));
    return results;
  }

  private @Nullable ProjectHold hold(LifecycleWork work) throws ProblemException {
    String project = work.request().stack().name();
    return project.isEmpty() ? null : recreation.hold(project, project);
  }

  /** Says of services that their turn did not come any more. */
  static List<ServiceResult> stoppedBefore(List<String> services) {
    String text = MESSAGES.get("left.cancelled");
    return services.stream()
        .map(service ->
            new ServiceResult(service, ServiceResult.Reached.LEFT_ALONE, text, Duration.ZERO))
        .toList();
  }

  /** Goes through the services against the order of dependence. */
  List<ServiceResult> stop(LifecycleWork work, Intent intent) throws ProblemException {
    List<String> backwards = work.targets().services().reversed();
    long began = nanoClock.getAsLong();
    List<ServiceResult> results = new ArrayList<>();
    List<String> reached =
        eachContainer(
            work,
            intent,
            backwards,
            container -> {
              if (container.live()) {
                control.stop(intent, container.id(), null);
              }
            });
    for (String service : reached.reversed()) {
      Readiness.Wanted one =
          new Readiness.Wanted(work.request().stack().name(), service, null, false);
      boolean live =
          Readiness.containersOf(one, work.engine().list()).stream().anyMatch(Container::live);
      ServiceResult.Reached state =
          live ? ServiceResult.Reached.TIMED_OUT : ServiceResult.Reached.STOPPED;
      String text = live ? MESSAGES.get("stop.lives") : MESSAGES.get("stop.done");
      results.add(
          new ServiceResult(service, state, text, Duration.ofNanos(nanoClock.getAsLong() - began)));
    }
    results.addAll(stoppedBefore(backwards.subList(reached.size(), backwards.size())));
    return results;
  }

  /** Returns the services whose turn came, which are all unless the operator stopped before. */
  private List<String> eachContainer(
      LifecycleWork work, Intent intent, List<String> services, Each each) throws ProblemException {
    int number = 0;
    for (String service : services) {
      if (work.progress().cancelled()) {
        return services.subList(0, number);
      }
      number++;
      onContainers(work, intent, service, number, each);
    }
    return services;
  }

  private void onContainers(
      LifecycleWork work, Intent intent, String service, int number, Each each)
      throws ProblemException {
    String text = MESSAGES.get("step." + work.request().action().name(), service);
    work.progress().step(number, work.targets().services().size(), text);
    for (StackService candidate : work.request().stack().services()) {
      if (candidate.name().equals(service)) {
        for (Container container : candidate.containers()) {
          if (container.state() == ContainerState.PAUSED) {
            // Only a paused container that was named comes here; the engine neither starts nor
            // stops one as it is.
            control.unpause(intent, container.id());
          }
          each.on(container);
        }
      }
    }
  }
}
