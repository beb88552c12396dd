package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.KnownService;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.telemetry.GpuReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks whether a model fits, and stops those whose GPU it needs; starts them again if it fails.
 */
record MakingRoom(
    JournaledEngine control,
    Catalogue catalogue,
    Supplier<GpuReading> gpus,
    LongSupplier nanoClock) {

  private static final Messages LIFECYCLE = Messages.of("lifecycle");

  /**
   * Makes room for the models that {@code work} starts.
   *
   * @param results gets each model that was stopped, also where a later one could not be
   */
  void run(LifecycleWork work, Intent intent, List<ServiceResult> results) throws ProblemException {
    if (work.turns().starting().isEmpty() || work.progress().cancelled()) {
      return;
    }
    StackKind kind = catalogue.kind(work.request().stack().kind(), work.request().stack().era());
    List<KnownService.OnDemand> leaving =
        work.turns().occupants().stream().map(kind::onDemand).filter(Objects::nonNull).toList();
    GpuReading reading = gpus.get();
    // Told before anything is stopped for it.
    work.turns()
        .starting()
        .forEach((service, model) ->
            work.notes().addAll(ModelFit.warnings(service, model, leaving, reading)));
    work.notes().forEach(work.progress()::line);
    for (String occupant : work.turns().occupants()) {
      long began = nanoClock.getAsLong();
      work.progress().line(LIFECYCLE.get("swap.stopping", occupant));
      for (StackService service : work.request().stack().services()) {
        if (service.name().equals(occupant)) {
          for (Container container : service.containers()) {
            stop(intent, container);
          }
        }
      }
      results.add(
          new ServiceResult(
              occupant,
              ServiceResult.Reached.STOPPED,
              LIFECYCLE.get("swap.stopped"),
              Duration.ofNanos(nanoClock.getAsLong() - began)));
    }
  }

  /**
   * Starts the models again that were stopped for others, where none of those runs now; one that is
   * still loading keeps the GPU.
   *
   * @return the names of those that were started
   */
  List<String> putBack(LifecycleWork work, Intent intent) throws ProblemException {
    Stack stack = work.request().stack();
    Stack now = Stacks.read(stack, work.engine());
    boolean taken =
        now.services().stream()
            .filter(service -> work.turns().starting().containsKey(service.name()))
            .flatMap(service -> service.containers().stream())
            .anyMatch(Container::live);
    if (taken) {
      return List.of();
    }
    Set<ContainerId> ranBefore = new HashSet<>();
    stack.services().stream()
        .flatMap(service -> service.containers().stream())
        .filter(Container::live)
        .forEach(container -> ranBefore.add(container.id()));
    List<String> started = new ArrayList<>();
    for (StackService service : now.services()) {
      if (work.turns().occupants().contains(service.name())) {
        for (Container container : service.containers()) {
          if (!container.live() && ranBefore.contains(container.id())) {
            control.start(intent, container.id());
            started.add(service.name());
          }
        }
      }
    }
    started.forEach(service -> work.progress().line(LIFECYCLE.get("swap.back", service)));
    return started;
  }

  private void stop(Intent intent, Container container) throws ProblemException {
    if (container.state() == ContainerState.PAUSED) {
      control.unpause(intent, container.id());
    }
    if (container.live()) {
      // The engine answers once it has ended.
      control.stop(intent, container.id(), null);
    }
  }
}
