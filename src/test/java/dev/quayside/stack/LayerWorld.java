package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.docker.DockerControl;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledCompose;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.stack.layer.LayerRecovery;
import dev.quayside.telemetry.GpuReading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Wires the life cycle to the bed's engine, as the program does. */
public final class LayerWorld {

  final Home home;
  final Journal journal;
  final Lifecycle lifecycle;
  final Catalogue catalogue = Catalogue.load();
  private final EngineSource engines;
  private final Recreation recreation;

  LayerWorld(Path folder, StepBoundary boundary, Map<String, String> environment)
      throws ProblemException {
    Endpoint endpoint =
        new Endpoint.Unix(Path.of(environment.get("DOCKER_HOST").replace("unix://", "")));
    this.home = Home.locate(folder, Map.of(), folder);
    this.journal = Journal.open(home, InstantSource.system());
    this.engines = () -> new SocketConnector(environment).connect(endpoint);
    Compose compose = Compose.on(endpoint, environment);
    JournaledEngine control = new JournaledEngine(DockerControl.of(endpoint, environment));
    LayerKeeper layers = new LayerKeeper(control, catalogue, home, boundary);
    this.recreation =
        new Recreation(new JournaledCompose(compose), layers, catalogue, System::nanoTime);
    this.lifecycle =
        new Lifecycle(
            engines,
            control,
            compose,
            recreation,
            journal,
            catalogue,
            GpuReading.NotYet::new,
            System::nanoTime);
  }

  Stack stack(String name) throws ProblemException {
    try (Engine engine = engines.connect()) {
      EngineSnapshot snapshot =
          new EngineSnapshot(new Connection.Connecting(), engine.list(), true);
      return new Stacks(catalogue).find(snapshot, name);
    }
  }

  Outcome<LifecycleReceipt> run(LifecycleRequest.Action action, String stack, String... services)
      throws ProblemException {
    return lifecycle.run(
        new LifecycleRequest(action, stack(stack), List.of(services), Duration.ofSeconds(60)),
        Progress.none());
  }

  List<LayerRecovery> recover() {
    return LayerKeeper.anyBegun(home)
        ? recreation.recover(engines, journal, "", Progress.none())
        : List.of();
  }

  /**
   * Runs one operation in a process of its own: {@code HOME ACTION STACK SERVICE…} or {@code HOME
   * recover}.
   */
  public static void main(String[] arguments) throws Exception {
    LayerWorld world =
        new LayerWorld(Path.of(arguments[0]), StepBoundary.ofProcess(), System.getenv());
    if (arguments[1].equals("recover")) {
      List<LayerRecovery> told = world.recover();
      told.forEach(System.out::println);
      System.exit(told.stream().anyMatch(one -> one.ended() == LayerRecovery.Ended.STUCK) ? 4 : 0);
    }
    Outcome<LifecycleReceipt> outcome =
        world.run(
            LifecycleRequest.Action.valueOf(arguments[1]),
            arguments[2],
            Arrays.copyOfRange(arguments, 3, arguments.length));
    System.out.println(outcome);
    System.exit(
        switch (outcome) {
          case Outcome.Done<LifecycleReceipt> _ -> 0;
          case Outcome.Failed<LifecycleReceipt> _ -> 1;
          case Outcome.Found<LifecycleReceipt> _ -> 3;
          case Outcome.Attention<LifecycleReceipt> _ -> 4;
          case Outcome.Refused<LifecycleReceipt> _ -> 5;
        });
  }
}
