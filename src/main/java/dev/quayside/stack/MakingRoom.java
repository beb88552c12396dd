package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.telemetry.GpuReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Stops the models whose GPU is needed, and looks whether the next one fits then. */
record MakingRoom(JournaledEngine control, Supplier<GpuReading> gpus, LongSupplier nanoClock) {

  private static final Messages LIFECYCLE = Messages.of("lifecycle");

  /** Does so for the models that {@code work} starts. */
  List<ServiceResult> run(LifecycleWork work, Intent intent) throws ProblemException {
    if (work.turns().starting().isEmpty() || work.progress().cancelled()) {
      return List.of();
    }
    List<ServiceResult> results = new ArrayList<>();
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
    GpuReading reading = gpus.get();
    work.turns()
        .starting()
        .forEach(
            (service, model) -> work.notes().addAll(ModelFit.warnings(service, model, reading)));
    work.notes().forEach(work.progress()::line);
    return results;
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
