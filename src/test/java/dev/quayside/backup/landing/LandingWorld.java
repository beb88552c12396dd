package dev.quayside.backup.landing;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.Compression;
import dev.quayside.backup.Protection;
import dev.quayside.backup.Unlocking;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.journal.Journal;
import dev.quayside.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;

/** Sets up a home and two folders of a stack that has no containers, and restores over them. */
final class LandingWorld {

  static final Stack STACK = new Stack("demo", "generic", "", null, List.of());

  final Path root;
  final Path data;
  final Path other;
  final Home home;
  final LandingParts parts;

  LandingWorld(Path root, StepBoundary steps) throws IOException, ProblemException {
    this(
        root,
        steps,
        () -> new DemoEngine(InstantSource.fixed(Instant.EPOCH)),
        Duration.ofSeconds(30));
  }

  LandingWorld(Path root, StepBoundary steps, EngineSource engines, Duration patience)
      throws IOException, ProblemException {
    this.root = root;
    this.data = Files.createDirectories(root.resolve("stack/data"));
    this.other = Files.createDirectories(root.resolve("stack/other"));
    this.home =
        new Home(
            root.resolve("home/config"), root.resolve("home/state"), root.resolve("home/cache"));
    home.create();
    this.parts =
        new LandingParts(
            engines,
            () -> {
              throw new AssertionError("no database is changed");
            },
            () -> {
              throw new AssertionError("no service is changed");
            },
            () -> {
              throw new AssertionError("no service is asked");
            },
            name -> STACK,
            Journal.open(home, InstantSource.fixed(Instant.EPOCH)),
            home,
            InstantSource.fixed(Instant.EPOCH),
            steps,
            patience);
  }

  BackupScope scope() {
    return new BackupScope(
        "demo",
        "generic",
        List.of(new BackupScope.Folder("data", data), new BackupScope.Folder("other", other)),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Fills both folders with {@code text}, saves them, and returns the archive. */
  Path archive(String text) throws Exception {
    fill(text);
    Outcome<BackupReceipt> made = save(Files.createDirectories(root.resolve("shelf")));
    if (made instanceof Outcome.Done<BackupReceipt> done) {
      return done.receipt().archive();
    }
    throw new AssertionError(made);
  }

  Outcome<BackupReceipt> backUp() throws Exception {
    return save(Files.createDirectories(root.resolve("second")));
  }

  private Outcome<BackupReceipt> save(Path shelf) {
    return new BackupCreation(
            home,
            parts.journal(),
            null,
            null,
            InstantSource.fixed(Instant.EPOCH),
            StepBoundary.none())
        .run(
            new BackupRequest(
                scope(),
                shelf,
                new Protection.Passphrase(_ -> Secret.owning("open".toCharArray())),
                Compression.ZSTD),
            Progress.none());
  }

  void fill(String text) throws IOException {
    for (Path folder : List.of(data, other)) {
      Files.writeString(folder.resolve("file"), text + " of " + folder.getFileName());
      Files.createDirectories(folder.resolve("sub"));
      Files.writeString(folder.resolve("sub/only-" + text), text);
    }
  }

  LandingRequest request(Path archive, String... parts) {
    return new LandingRequest(
        archive,
        Unlocking.passphrase(_ -> Secret.owning("open".toCharArray())),
        STACK,
        List.of(parts),
        false,
        false);
  }

  Outcome<LandingReceipt> land(LandingRequest request, Progress progress) throws Exception {
    return new LandingRun(
            parts,
            new LandingRecords(home),
            () -> new LandingPlanner(scope(), List.of(), Surroundings.NONE),
            request,
            progress)
        .run();
  }

  StackRestore restore() {
    return new StackRestore(parts);
  }

  LandingRecovery recovery() {
    return new LandingRecovery(parts);
  }

  /** Returns paths, contents and times of all in the stack's folder. */
  TreeMap<String, String> tree() throws IOException {
    TreeMap<String, String> tree = new TreeMap<>();
    try (var all = Files.walk(root.resolve("stack"))) {
      for (Path each : all.toList()) {
        tree.put(
            root.relativize(each).toString(),
            Files.getLastModifiedTime(each)
                + (Files.isRegularFile(each) ? Files.readString(each) : ""));
      }
    }
    // The folder above is what renames change.
    tree.remove("stack");
    return tree;
  }

  /** Halts at the step that a system property names. */
  public static void main(String[] arguments) throws Exception {
    LandingWorld world = new LandingWorld(Path.of(arguments[0]), StepBoundary.ofProcess());
    Outcome<?> outcome =
        switch (arguments[1]) {
          case "land" -> world.land(world.request(Path.of(arguments[2])), Progress.none());
          case "undo" -> world.restore().undo("demo");
          case "accept" -> world.restore().accept("demo");
          default -> throw new IllegalArgumentException(arguments[1]);
        };
    System.err.println(outcome);
    System.exit(outcome instanceof Outcome.Done ? 0 : 1);
  }
}
