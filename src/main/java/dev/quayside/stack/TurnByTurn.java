package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.layer.ProjectHold;
import dev.quayside.stack.layer.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Starts, restarts and stops existing containers, one service after the other. */
record TurnByTurn(
    JournaledEngine control, Recreation recreation, Catalogue catalogue, LongSupplier nanoClock) {

  private static final Messages MESSAGES = Messages.of("stack");

  /** Does something with one container. */
  interface Each {
    /** Does it. */
    void on(Container container) throws ProblemException;
  }

  /**
   * Goes through the services in the order of dependence; each waits for what it depends on.
   *
   * @param results gets what each came to, also of those that were reached before a failure
   */
  void inTurn(LifecycleWork work, Intent intent, Each each, List<ServiceResult> results)
      throws ProblemException {
    List<String> reached = new ArrayList<>();
    List<ServiceResult> held = new ArrayList<>();
    try {
      goThrough(work, intent, each, reached, held);
    } catch (ProblemException failure) {
      String text = MESSAGES.get("left.broken-off");
      reached.forEach(service ->
          results.add(
              new ServiceResult(service, ServiceResult.Reached.NOT_AWAITED, text, Duration.ZERO)));
      results.addAll(held);
      throw failure;
    }
    results.addAll(work.ready(recreation, reached));
    results.addAll(held);
    List<String> services = work.targets().services();
    results.addAll(stoppedBefore(services.subList(reached.size() + held.size(), services.size())));
  }

  private void goThrough(
      LifecycleWork work, Intent intent, Each each, List<String> reached, List<ServiceResult> held)
      throws ProblemException {
    List<String> services = work.targets().services();
    Gates gates =
        new Gates(
            work.engine(),
            recreation,
            work.request(),
            work.definition(),
            services,
            work.progress());
    Stack stack = work.request().stack();
    for (String service : services) {
      long began = nanoClock.getAsLong();
      String closed = work.progress().cancelled() ? null : gates.closed(service);
      if (work.progress().cancelled()) {
        break;
      }
      if (closed == null) {
        int number = reached.size() + held.size() + 1;
        try (ProjectHold hold = hold(work)) {
          stack = settled(work, stack, intent, hold);
          onContainers(work, stack, intent, service, number, each);
        }
        reached.add(service);
      } else {
        work.progress().line(closed);
        Duration took = Duration.ofNanos(nanoClock.getAsLong() - began);
        held.add(new ServiceResult(service, ServiceResult.Reached.TIMED_OUT, closed, took));
      }
    }
  }

  /**
   * Returns the stack as it is to be started. Nothing is started that another one of us has made
   * and not filled yet; what a kill left of that is brought to an end before.
   */
  private Stack settled(LifecycleWork work, Stack stack, Intent intent, @Nullable ProjectHold hold)
      throws ProblemException {
    if (hold == null) {
      return stack;
    }
    StackKind kind = catalogue.kind(stack.kind(), stack.era());
    Settlement settled =
        recreation.settle(work.engine(), intent, hold, stack.name(), kind, work.progress());
    work.left().addAll(settled.left());
    // The containers may be others now.
    return settled.any() ? Stacks.read(stack, work.engine()) : stack;
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
      onContainers(work, work.request().stack(), intent, service, number, each);
    }
    return services;
  }

  private void onContainers(
      LifecycleWork work, Stack stack, Intent intent, String service, int number, Each each)
      throws ProblemException {
    String text = MESSAGES.get("step." + work.request().action().name(), service);
    work.progress().step(number, work.targets().services().size(), text);
    for (StackService candidate : stack.services()) {
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
