package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScopes;
import dev.quayside.backup.Compression;
import dev.quayside.backup.Preview;
import dev.quayside.backup.Protection;
import dev.quayside.backup.Unlocking;
import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.docker.DockerControl;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.exposure.probe.StackProbes;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledCompose;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.Recreation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.telemetry.GpuReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Wires restores over a stack to a real engine, as the program does. */
final class LandingBedWorld {

  final Home home;
  final LandingParts parts;
  private final Path folder;
  private final EngineSource engines;
  private final Compose compose;
  private final JournaledEngine control;
  private final Journal journal;
  private final Catalogue catalogue = Catalogue.load();

  LandingBedWorld(Path folder, StepBoundary steps) throws Exception {
    this.folder = folder;
    Map<String, String> environment = System.getenv();
    Endpoint endpoint =
        new Endpoint.Unix(Path.of(environment.get("DOCKER_HOST").replace("unix://", "")));
    this.home = Home.locate(folder, Map.of(), folder);
    home.create();
    this.journal = Journal.open(home, InstantSource.system());
    this.engines = () -> new SocketConnector(environment).connect(endpoint);
    this.compose = Compose.on(endpoint, environment);
    this.control = new JournaledEngine(DockerControl.of(endpoint, environment));
    LayerKeeper layers = new LayerKeeper(control, catalogue, home, StepBoundary.none());
    Recreation recreation =
        new Recreation(new JournaledCompose(compose), layers, catalogue, System::nanoTime);
    Lifecycle lifecycle =
        new Lifecycle(
            engines,
            control,
            compose,
            recreation,
            journal,
            catalogue,
            GpuReading.NotYet::new,
            System::nanoTime);
    this.parts =
        new LandingParts(
            engines,
            () -> control,
            () -> lifecycle,
            () -> new StackProbes(engines, control, journal, catalogue, InstantSource.system()),
            this::stack,
            journal,
            home,
            InstantSource.system(),
            steps,
            Duration.ofSeconds(20));
  }

  Stack stack(String name) throws ProblemException {
    try (Engine engine = engines.connect()) {
      return new Stacks(catalogue)
          .find(new EngineSnapshot(new Connection.Connecting(), engine.list(), true), name);
    }
  }

  Path archive(String stack, Path shelf) throws Exception {
    if (saved(stack, shelf, true) instanceof Outcome.Done<BackupReceipt> done) {
      return done.receipt().archive();
    }
    throw new AssertionError("not saved whole");
  }

  /** Returns where the parts of an archive came from, by its head. */
  List<String> heldBy(Path archive) throws Exception {
    return new Preview(home)
            .read(archive, Unlocking.passphrase(_ -> Secret.owning("open".toCharArray())))
            .parts()
            .stream()
            .map(ArchivePlan.Part::source)
            .toList();
  }

  /** Saves a stack while it writes. */
  Path doubtful(String stack, Path shelf) throws Exception {
    if (saved(stack, shelf, false) instanceof Outcome.Attention<BackupReceipt> attention) {
      return attention.receipt().archive();
    }
    throw new AssertionError("not told");
  }

  private Outcome<BackupReceipt> saved(String stack, Path shelf, boolean mayStop) throws Exception {
    Files.createDirectories(shelf);
    try (Engine engine = engines.connect()) {
      return new BackupCreation(
              home, journal, control, engines, InstantSource.system(), StepBoundary.none())
          .run(
              new BackupRequest(
                  new BackupScopes(engine, compose).of(stack(stack), List.of()),
                  shelf,
                  new Protection.Passphrase(_ -> Secret.owning("open".toCharArray())),
                  Compression.ZSTD,
                  mayStop),
              Progress.none());
    }
  }

  Outcome<LandingReceipt> land(String stack, Path archive) throws Exception {
    return new StackRestore(parts)
        .run(
            new LandingRequest(
                archive,
                Unlocking.passphrase(_ -> Secret.owning("open".toCharArray())),
                stack(stack),
                List.of(),
                false,
                false),
            Progress.none());
  }

  /** Does it in a process of its own, which halts at {@code step}. */
  void killedAt(LandingStep step, String stack, Path archive) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-D" + StepBoundary.HALT_PROPERTY + "=" + step.label(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    LandingBedWorld.class.getName(),
                    folder.toString(),
                    stack,
                    archive.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(StepBoundary.HALT_STATUS);
  }

  /**
   * Takes {@code HOME STACK ARCHIVE}, with {@code undo} for no archive, and halts at the step that
   * a system property names.
   */
  public static void main(String[] arguments) throws Exception {
    LandingBedWorld world = new LandingBedWorld(Path.of(arguments[0]), StepBoundary.ofProcess());
    System.err.println(
        arguments[2].equals("undo")
            ? new StackRestore(world.parts).undo(arguments[1])
            : world.land(arguments[1], Path.of(arguments[2])));
    System.exit(0);
  }
}
