package dev.quayside.backup.drill;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.Compression;
import dev.quayside.backup.PassphraseSource;
import dev.quayside.backup.Protection;
import dev.quayside.backup.Unlocking;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.docker.DockerControl;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Wires drills to the bed's engine, as the program does. */
public final class DrillWorld {

  private static final PassphraseSource PASSPHRASE =
      purpose -> Secret.owning("open sesame".toCharArray());

  final Home home;
  final Journal journal;
  private final EngineSource engines;
  private final EngineControl docker;
  private final StepBoundary steps;

  DrillWorld(Path folder, StepBoundary steps, Map<String, String> environment) throws Exception {
    Endpoint endpoint =
        new Endpoint.Unix(Path.of(environment.get("DOCKER_HOST").replace("unix://", "")));
    this.home = Home.locate(folder, Map.of(), folder);
    home.create();
    this.journal = Journal.open(home, InstantSource.system());
    this.engines = () -> new SocketConnector(environment).connect(endpoint);
    this.docker = DockerControl.of(endpoint, environment);
    this.steps = steps;
  }

  Outcome<DrillReceipt> drill(Path archive, Progress progress) {
    return new Drill(
            home, journal, engines, new JournaledEngine(docker), InstantSource.system(), steps)
        .run(archive, Unlocking.passphrase(PASSPHRASE), progress);
  }

  List<DrillLeftovers.Leftover> recover() throws Exception {
    return DrillLeftovers.any(home, journal)
        ? new DrillLeftovers(home, journal, engines, new JournaledEngine(docker)).sweep()
        : List.of();
  }

  /** Makes an archive; of what {@code cut} dumps only the first part comes. */
  Path archive(BackupScope scope, Path folder, String cut) throws ProblemException, Exception {
    Outcome<BackupReceipt> outcome =
        new BackupCreation(
                home,
                journal,
                new JournaledEngine(cut.isEmpty() ? docker : cutting(cut)),
                engines,
                InstantSource.system(),
                StepBoundary.none())
            .run(
                new BackupRequest(
                    scope,
                    Files.createDirectories(folder),
                    new Protection.Passphrase(PASSPHRASE),
                    Compression.ZSTD),
                Progress.none());
    return switch (outcome) {
      case Outcome.Done<BackupReceipt> done -> done.receipt().archive();
      case Outcome<BackupReceipt> other -> throw new AssertionError("not done: " + other);
    };
  }

  private EngineControl cutting(String tool) {
    return (EngineControl)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EngineControl.class},
            (proxy, method, arguments) -> {
              try {
                if (arguments != null
                    && arguments[0] instanceof ExecRequest request
                    && request.command().getFirst().equals(tool)) {
                  return cut(request);
                }
                return method.invoke(docker, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Object cut(ExecRequest request) throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    var result =
        docker.exec(
            new ExecRequest(
                request.container(),
                request.command(),
                Map.of(),
                null,
                null,
                whole,
                request.timeout()));
    request.output().write(whole.toByteArray(), 0, whole.size() * 2 / 3);
    return result;
  }

  /** Runs {@code HOME drill ARCHIVE} or {@code HOME recover} in a process of its own. */
  public static void main(String[] arguments) throws Exception {
    DrillWorld world =
        new DrillWorld(Path.of(arguments[0]), StepBoundary.ofProcess(), System.getenv());
    if (arguments[1].equals("recover")) {
      List<DrillLeftovers.Leftover> told = world.recover();
      System.out.println(told);
      System.exit(told.stream().anyMatch(one -> one.fate() == DrillLeftovers.Fate.STUCK) ? 4 : 0);
    }
    Outcome<DrillReceipt> outcome = world.drill(Path.of(arguments[2]), Progress.none());
    System.out.println(outcome);
    System.exit(outcome instanceof Outcome.Done ? 0 : 1);
  }
}
