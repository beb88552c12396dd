package dev.quayside.backup;

import static java.util.stream.Collectors.toSet;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.Health;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.StackService;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A stack on the disk and an engine that tells of it, for tests of what belongs into a set. */
abstract class ScopesFixture {

  @TempDir Path folder;
  Path project;
  String kind = "generic";
  String era = "";
  String service = "web";
  String restart = "";
  int benches;
  final List<ContainerInspection.Mount> mounts = new ArrayList<>();
  final List<Path> files = new ArrayList<>();
  final List<String> command = new ArrayList<>();
  final List<String> variables = new ArrayList<>();
  final Map<String, Set<String>> volumeFolders = new TreeMap<>();
  final Set<String> volumes = new HashSet<>();
  final Set<String> given = new HashSet<>();
  final Set<String> referred = new HashSet<>();
  final Set<String> defaulted = new HashSet<>();
  final List<Path> invocationEnvFiles = new ArrayList<>();
  final List<Path> envFiles = new ArrayList<>();
  boolean composeTells = true;
  ContainerState state = ContainerState.RUNNING;

  @BeforeEach
  void makeProject() throws Exception {
    project = Files.createDirectories(folder.resolve("srv/shop"));
    files.add(write(project.resolve("compose.yaml"), "services: {}\n"));
    write(project.resolve(".env"), "KEY=value\n");
  }

  /** Nothing is stopped: what a set holds does not depend on it. */
  Outcome<BackupReceipt> backedUp(BackupScope scope) throws Exception {
    Workbench bench = new Workbench(folder.resolve("bench" + ++benches));
    BackupScope still =
        new BackupScope(
            scope.stack(),
            scope.kind(),
            scope.folders(),
            scope.files(),
            scope.databases(),
            scope.services(),
            scope.leftOut(),
            scope.mounted(),
            List.of(),
            scope.keys(),
            scope.missing());
    return bench
        .creation(StepBoundary.none())
        .run(
            new BackupRequest(still, bench.shelf, bench.request().protection(), Compression.ZSTD),
            Progress.none());
  }

  static StackDefinition.DefinedService defined(
      Set<String> profiles, List<StackDefinition.Mount> mounts) {
    return new StackDefinition.DefinedService(
        profiles, Map.of(), Set.of(), Set.of(), Set.of(), List.of(), mounts, Set.of());
  }

  List<BackupScope.LeftOut> missing(
      @Nullable Map<String, StackDefinition.DefinedService> services,
      Set<Path> chosen,
      List<String> there)
      throws Exception {
    ComposeInvocation invocation =
        new ComposeInvocation("shop", project, files, List.of(), List.of());
    Stack stack =
        new Stack(
            "shop",
            kind,
            "",
            invocation,
            there.stream().map(name -> new StackService(name, List.of(web()))).toList());
    StackDefinition definition =
        services == null ? null : new StackDefinition("shop", services, Map.of());
    Set<String> shown = mounts.stream().map(ContainerInspection.Mount::source).collect(toSet());
    return new Containerless(engine(web()), stack, definition, shown)
        .missing(chosen::contains, Worthless.of(Catalogue.load().kind(kind, ""), invocation));
  }

  BackupScope scope(List<Path> folders) throws Exception {
    Container web = web();
    ComposeInvocation invocation =
        new ComposeInvocation("shop", project, files, invocationEnvFiles, List.of());
    Stack stack =
        new Stack("shop", kind, era, invocation, List.of(new StackService(service, List.of(web))));
    return new BackupScopes(composeTells ? _ -> definition() : null, engine(web))
        .of(stack, folders);
  }

  private StackDefinition definition() {
    StackDefinition.DefinedService defined =
        new StackDefinition.DefinedService(
            Set.of(), Map.of(), referred, Set.of(), Set.of(), envFiles, List.of(), Set.of(),
            defaulted);
    return new StackDefinition("shop", Map.of(service, defined), Map.of());
  }

  Container web() {
    return new Container(
        new ContainerId("web"),
        "web",
        "nginx",
        "",
        state,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        Map.of(),
        List.of(),
        null);
  }

  Engine engine(Container container) {
    return (Engine)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("volumes")) {
                return volumes;
              }
              if (method.getName().equals("volumeFolders")) {
                return volumeFolders;
              }
              if (method.getName().equals("variablesSet")) {
                return given;
              }
              if (method.getName().equals("environment")) {
                return Map.of();
              }
              if (!method.getName().equals("inspect")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return new ContainerInspection(
                  container, command, "", restart, false, false, variables, mounts, List.of(),
                  List.of());
            });
  }

  void mount(String type, String source, String target) {
    mounts.add(new ContainerInspection.Mount(type, source, target, true));
  }

  static Path write(Path file, String content) throws Exception {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
