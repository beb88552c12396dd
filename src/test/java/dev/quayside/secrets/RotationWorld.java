package dev.quayside.secrets;

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
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.Recreation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.telemetry.GpuReading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Wires the operations to a real engine, as the program does. */
public final class RotationWorld {

  final Home home;
  final Journal journal;
  final Catalogue catalogue = Catalogue.load();
  final Compose compose;
  final RotationParts parts;
  final Rotation rotation;
  final Generation generation;
  final SecretInventory inventory;
  final Lifecycle lifecycle;
  private final EngineSource engines;
  private final Recreation recreation;

  RotationWorld(Path folder, StepBoundary boundary, Duration patience) throws ProblemException {
    Map<String, String> environment = System.getenv();
    Endpoint endpoint =
        new Endpoint.Unix(Path.of(environment.get("DOCKER_HOST").replace("unix://", "")));
    this.home = Home.locate(folder, Map.of(), folder);
    this.journal = Journal.open(home, InstantSource.system());
    this.engines = () -> new SocketConnector(environment).connect(endpoint);
    this.compose = Compose.on(endpoint, environment);
    JournaledEngine control = new JournaledEngine(DockerControl.of(endpoint, environment));
    JournaledCompose changing = new JournaledCompose(compose);
    LayerKeeper layers = new LayerKeeper(control, catalogue, home, boundary);
    this.recreation = new Recreation(changing, layers, catalogue, System::nanoTime);
    this.parts =
        new RotationParts(
            engines,
            control,
            compose,
            recreation,
            journal,
            catalogue,
            home,
            InstantSource.system(),
            System::nanoTime,
            boundary,
            patience);
    this.rotation = new Rotation(parts);
    this.generation = new Generation(parts);
    this.inventory = new SecretInventory(catalogue, compose, journal, home);
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

  Outcome<RotationReceipt> rotate(String stack, String name, Progress progress)
      throws ProblemException {
    return switch (rotation.plan(stack(stack), List.of(name))) {
      case Outcome.Done<RotationPlan>(RotationPlan plan) -> rotation.run(plan, progress);
      case Outcome.Refused<RotationPlan>(var problem) -> new Outcome.Refused<>(problem);
      case Outcome.Failed<RotationPlan>(var problem) -> new Outcome.Failed<>(problem);
      case Outcome.Found<RotationPlan> found -> throw new IllegalStateException(found.toString());
      case Outcome.Attention<RotationPlan> attention ->
          throw new IllegalStateException(attention.toString());
    };
  }

  /** Runs one operation in a process of its own: {@code HOME rotate|recover STACK NAME}. */
  public static void main(String[] arguments) throws Exception {
    RotationWorld world =
        new RotationWorld(Path.of(arguments[0]), StepBoundary.ofProcess(), Duration.ofSeconds(60));
    Progress progress = Progress.none();
    if (arguments[1].equals("recover")) {
      // As the program does it at its start.
      List<Recovery> recoveries =
          Rotation.anyBegun(world.home, world.journal)
              ? world.rotation.recover(progress)
              : List.of();
      recoveries.forEach(System.out::println);
      System.exit(recoveries.stream().anyMatch(one -> one.ended() == Recovery.Ended.STUCK) ? 4 : 0);
    }
    Outcome<RotationReceipt> outcome = world.rotate(arguments[2], arguments[3], progress);
    System.out.println(outcome);
    System.exit(
        switch (outcome) {
          case Outcome.Done<?> _ -> 0;
          case Outcome.Failed<?> _ -> 1;
          case Outcome.Found<?> _ -> 3;
          case Outcome.Attention<?> _ -> 4;
          case Outcome.Refused<?> _ -> 5;
        });
  }
}
