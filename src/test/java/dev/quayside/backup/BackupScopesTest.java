package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator who names nothing finds in the archive, and what is said not to be there. */
class BackupScopesTest {

  @TempDir private Path folder;
  private Path project;
  private String kind = "generic";
  private String service = "web";
  private int benches;
  private final List<ContainerInspection.Mount> mounts = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<String> command = new ArrayList<>();
  private final List<String> variables = new ArrayList<>();
  private final Set<String> volumes = new HashSet<>();
  private ContainerState state = ContainerState.RUNNING;

  @BeforeEach
  void makeProject() throws Exception {
    project = Files.createDirectories(folder.resolve("srv/shop"));
    files.add(write(project.resolve("compose.yaml"), "services: {}\n"));
    write(project.resolve(".env"), "KEY=value\n");
  }

  @Test
  void theComposeFilesAndTheEnvFileAreInWithoutBeingNamed() throws Exception {
    files.add(write(folder.resolve("override/gpu.yaml"), "services: {}\n"));
    BackupScope scope = scope(List.of());
    assertThat(scope.files())
        .extracting(BackupScope.SingleFiles::files)
        .containsExactly(
            List.of(folder.resolve("override/gpu.yaml")),
            List.of(project.resolve(".env"), project.resolve("compose.yaml")));
    assertThat(scope.files())
        .extracting(BackupScope.SingleFiles::label)
        .containsExactly("override", "shop");
  }

  @Test
  void namingAFolderDoesNotTakeTheConfigurationOut() throws Exception {
    Path named = Files.createDirectories(folder.resolve("srv/other"));
    BackupScope scope = scope(List.of(named));
    assertThat(scope.folders()).extracting(BackupScope.Folder::path).containsExactly(named);
    assertThat(scope.files().getFirst().files()).contains(project.resolve(".env"));
  }

  @Test
  void filesBelowASavedFolderAreNotSavedTwice() throws Exception {
    BackupScope scope = scope(List.of(project));
    assertThat(scope.files()).isEmpty();
  }

  @Test
  void aFileThatIsMountedByItselfIsSaved() throws Exception {
    Path nginx = write(folder.resolve("srv/conf/nginx.conf"), "events {}\n");
    mount("bind", nginx.toString(), "/etc/nginx/nginx.conf");
    assertThat(scope(List.of()).files())
        .extracting(BackupScope.SingleFiles::files)
        .contains(List.of(nginx));
  }

  @Test
  void volumesAreTakenOnceAndMissingFilesNamedAsLeftOutOnce() throws Exception {
    mount("volume", "shop_models", "/models");
    mount("volume", "shop_models", "/more");
    files.add(folder.resolve("gone.yaml"));
    BackupScope scope = scope(List.of());
    assertThat(scope.leftOut())
        .extracting(BackupScope.LeftOut::what)
        .containsOnlyOnce(folder.resolve("gone.yaml").toString());
    assertThat(scope.mounted())
        .containsExactly(
            new BackupScope.Mounted(
                "shop_models", true, "shop_models", new ContainerId("web"), "/models"));
    assertThat(scope.stopped()).containsExactly("web");
  }

  @Test
  void whatIsMountedInsideAVolumeIsNotSavedAsPartOfIt() throws Exception {
    Path inner = Files.createDirectories(folder.resolve("srv/inner"));
    mount("volume", "shop_data", "/data");
    mount("bind", inner.toString(), "/data/inner");
    mount("bind", inner.toString(), "/database");

    assertThat(scope(List.of()).mounted())
        .extracting(BackupScope.Mounted::nested)
        .containsExactly(List.of("/data/inner"));
  }

  @Test
  void whatOneContainerHidesIsReadThroughTheOther() throws Exception {
    mount("volume", "shop_data", "/data");
    mount("tmpfs", "", "/data/cache");
    mount("volume", "shop_data", "/all");

    BackupScope scope = scope(List.of());

    assertThat(scope.mounted())
        .extracting(BackupScope.Mounted::target, BackupScope.Mounted::nested)
        .containsExactly(tuple("/all", List.of()));
    assertThat(scope.missing()).isEmpty();
    assertThat(scope.leftOut()).extracting(BackupScope.LeftOut::what).doesNotContain("shop_data");
  }

  @Test
  void whatEachHidesOfTheOtherIsMissingAndWhatAllHideIsSaid() throws Exception {
    mount("volume", "shop_data", "/data");
    mount("tmpfs", "", "/data/cache");
    assertThat(scope(List.of()).missing()).isEmpty();
    assertThat(scope(List.of()).leftOut())
        .extracting(BackupScope.LeftOut::what)
        .contains("shop_data/cache");

    mount("volume", "shop_data", "/more");
    mount("tmpfs", "", "/more/own");
    assertThat(scope(List.of()).missing())
        .extracting(BackupScope.LeftOut::what)
        .containsExactly("shop_data/cache");
  }

  @Test
  void aVolumeOfWhichOnlyAFolderIsMountedIsMissing() throws Exception {
    mounts.add(new ContainerInspection.Mount("volume", "shop_data", "/part", true, "part"));
    BackupScope part = scope(List.of());
    assertThat(part.mounted()).isEmpty();
    assertThat(part.missing()).extracting(BackupScope.LeftOut::what).containsExactly("shop_data");

    mount("volume", "shop_data", "/all");
    BackupScope all = scope(List.of());
    assertThat(all.mounted()).extracting(BackupScope.Mounted::target).containsExactly("/all");
    assertThat(all.missing()).isEmpty();
  }

  @Test
  void weightsThatTheCatalogueKnowsAreLeftOutAndSaidSo() throws Exception {
    Path weights = Files.createDirectories(project.resolve("data/ollama"));
    mount("bind", weights.toString(), "/root/.ollama");
    kind = "local-llm-stack";

    BackupScope scope = scope(List.of());

    assertThat(scope.folders()).isEmpty();
    assertThat(scope.leftOut())
        .filteredOn(one -> one.what().equals(weights.toString()))
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).contains("weights"));
  }

  @Test
  void weightsWhosePlaceIsAVariableAreLeftOutWithWhatIsInside() throws Exception {
    kind = "llm-infrastructure";
    Path models = Files.createDirectories(folder.resolve("models"));
    write(project.resolve(".env"), "MODEL_BASE_PATH=" + models + "\n");
    Path inner = Files.createDirectories(models.resolve("hf"));
    String sum = "ab".repeat(32);
    Path blob = Files.createDirectories(inner.resolve("blobs")).resolve(sum);
    Files.write(blob, new byte[2 << 20]);
    Path other = Files.write(models.resolve("x.safetensors"), new byte[1 << 20]);
    Path settings = write(models.resolve("config.json"), "{}");
    mounts.add(new ContainerInspection.Mount("bind", models.toString(), "/weights", false));
    mount("bind", inner.toString(), "/hf");

    BackupScope scope = scope(List.of());

    assertThat(scope.folders()).isEmpty();
    Map<String, String> leftOut = new java.util.HashMap<>();
    scope.leftOut().forEach(one -> leftOut.put(one.what(), one.reason()));
    assertThat(leftOut).containsKeys(models.toString(), inner.toString());
    assertThat(leftOut.get(blob.toString())).contains(sum);
    assertThat(leftOut.get(other.toString())).contains("no checksum");
    assertThat(leftOut).doesNotContainKey(settings.toString());
  }

  @Test
  void aMountedFolderInsideOfANamedOneIsNotCalledLeftOut() throws Exception {
    Path data = Files.createDirectories(project.resolve("data"));
    mount("bind", data.toString(), "/data");
    assertThat(scope(List.of(project)).leftOut())
        .extracting(BackupScope.LeftOut::what)
        .doesNotContain(data.toString());
  }

  @Test
  void whoWritesToAFolderIsToStandStillForItsCopy() throws Exception {
    Path written = Files.createDirectories(folder.resolve("srv/mongo"));
    Path read = Files.createDirectories(folder.resolve("srv/models"));
    mount("bind", written.toString(), "/data/db");
    mounts.add(new ContainerInspection.Mount("bind", read.toString(), "/models", false));

    BackupScope scope = scope(List.of());

    assertThat(scope.folders())
        .extracting(BackupScope.Folder::path)
        .containsExactlyInAnyOrder(written, read);
    assertThat(scope.writers(written.toString()))
        .extracting(BackupScope.Writer::service)
        .containsExactly("web");
    assertThat(scope.writers(read.toString())).isEmpty();
    // Also where the operator names a folder around it, or one inside of it.
    assertThat(scope(List.of(folder.resolve("srv"))).writing()).hasSize(1);
    assertThat(scope(List.of(Files.createDirectories(written.resolve("journal")))).writing())
        .hasSize(1);
  }

  @Test
  void whoWritesToASingleFileIsToStandStillForItsCopyToo() throws Exception {
    Path config = write(folder.resolve("srv/conf/config.json"), "{}\n");
    Path fixed = write(folder.resolve("srv/conf/fixed.json"), "{}\n");
    mount("bind", config.toString(), "/config.json");
    mounts.add(new ContainerInspection.Mount("bind", fixed.toString(), "/fixed.json", false));

    BackupScope scope = scope(List.of());

    assertThat(scope.writers(config.toString()))
        .extracting(BackupScope.Writer::service)
        .containsExactly("web");
    assertThat(scope.writers(fixed.toString())).isEmpty();
    assertThat(CopyGroup.of(scope))
        .filteredOn(group -> !group.writers().isEmpty())
        .singleElement()
        .satisfies(group -> assertThat(group.sources()).contains(config.toString()));
  }

  @Test
  void aSetWithoutTheKeyToItsDatabaseIsIncompleteWithAReasonOfItsOwn() throws Exception {
    kind = "local-llm-stack";
    service = "librechat";
    Path settings = write(project.resolve("config/.env"), "CREDS_KEY=abc\nCREDS_IV=\n");
    Path mirror = Files.createDirectories(project.resolve("data/librechat"));
    mount("bind", mirror.toString(), "/app/settings");
    BackupScope without = scope(List.of());

    assertThat(without.keys()).containsExactly(new BackupScope.Key("CREDS_KEY", List.of(settings)));
    assertThat(backedUp(without))
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> {
              assertThat(attention.problem().code()).isEqualTo("BACKUP-NO-KEY");
              assertThat(attention.problem().happened()).contains("CREDS_KEY");
            });

    Files.copy(settings, mirror.resolve(".env"));
    assertThat(backedUp(scope(List.of()))).isInstanceOf(Outcome.Done.class);
    Files.delete(mirror.resolve(".env"));
    files.add(settings);
    assertThat(backedUp(scope(List.of()))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aKeyThatTheServiceKeepsInItsFolderHasToBeThere() throws Exception {
    kind = "llm-infrastructure";
    service = "n8n";
    Path data = Files.createDirectories(project.resolve("n8n-data"));
    mount("bind", data.toString(), "/home/node/.n8n");

    assertThat(backedUp(scope(List.of())))
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().code()).isEqualTo("BACKUP-NO-KEY"));

    write(data.resolve("config"), "{\"encryptionKey\": \"abc\"}");
    assertThat(backedUp(scope(List.of()))).isInstanceOf(Outcome.Done.class);
  }

  /** Nothing is stopped: what a set holds does not depend on it. */
  private Outcome<BackupReceipt> backedUp(BackupScope scope) throws Exception {
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

  @Test
  void singleFilesComeBackWithContentAndMode() throws Exception {
    Files.setAttribute(project.resolve(".env"), "unix:mode", 0600);
    Path real = write(folder.resolve("real.yaml"), "services: {a: {}}\n");
    files.add(Files.createSymbolicLink(project.resolve("linked.yaml"), real));
    Workbench bench = new Workbench(folder.resolve("bench"));
    BackupRequest request = bench.request();
    Outcome<BackupReceipt> outcome =
        bench
            .creation(StepBoundary.none())
            .run(
                new BackupRequest(
                    scope(List.of()), bench.shelf, request.protection(), Compression.ZSTD),
                Progress.none());
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    BackupReceipt receipt = ((Outcome.Done<BackupReceipt>) outcome).receipt();
    assertThat(receipt.leftOut()).isNotEmpty();
    Path target = folder.resolve("restored");
    assertThat(bench.restoreTo(receipt.archive(), target)).isInstanceOf(Outcome.Done.class);
    Path back = target.resolve("files/shop");
    assertThat(Workbench.names(back)).containsExactly(".env", "compose.yaml", "linked.yaml");
    assertThat(back.resolve(".env")).content().isEqualTo("KEY=value\n");
    assertThat(Files.getAttribute(back.resolve(".env"), "unix:mode")).isEqualTo(0100600);
    assertThat(back.resolve("linked.yaml")).content().isEqualTo("services: {a: {}}\n");
    assertThat(back.resolve("linked.yaml")).isRegularFile();
  }

  @Test
  void aFileThatCannotBeReadMakesTheSetIncomplete() throws Exception {
    Path loop = project.resolve("loop.yaml");
    files.add(loop);
    write(loop, "x");
    BackupScope scope = scope(List.of());
    Files.delete(loop);
    Workbench bench = new Workbench(folder.resolve("bench"));
    BackupRequest request = bench.request();
    Outcome<BackupReceipt> outcome =
        bench
            .creation(StepBoundary.none())
            .run(
                new BackupRequest(scope, bench.shelf, request.protection(), Compression.ZSTD),
                Progress.none());
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> {
              assertThat(attention.problem().code()).isEqualTo("BACKUP-INCOMPLETE");
              assertThat(attention.problem().happened()).contains(loop.toString());
            });
  }

  @Test
  void aStoppedDatabaseServerMakesTheSetIncomplete() throws Exception {
    state = ContainerState.EXITED;
    variables.add("PGDATA");
    mount("volume", "shop_pgdata", "/var/lib/postgresql/data");

    BackupScope scope = scope(List.of());

    assertThat(scope.missing())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.what()).isEqualTo("web");
          assertThat(one.reason()).contains("shop_pgdata").contains("NOT in the archive");
        });
    Workbench bench = new Workbench(folder.resolve("bench"));
    Outcome<BackupReceipt> outcome =
        bench
            .creation(StepBoundary.none())
            .run(
                new BackupRequest(
                    scope, bench.shelf, bench.request().protection(), Compression.ZSTD),
                Progress.none());
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().happened()).contains("shop_pgdata"));
    assertThat(bench.only().complete()).isFalse();
  }

  @Test
  void aJobThatUsedTheImageOfAServerIsNoServer() throws Exception {
    state = ContainerState.EXITED;
    variables.add("PGDATA");
    String nameless = "0123456789abcdef".repeat(4);
    mount("volume", nameless, "/var/lib/postgresql/data");
    command.addAll(List.of("docker-entrypoint.sh", "psql"));
    assertThat(scope(List.of()).missing()).isEmpty();

    command.set(1, "postgres");
    assertThat(scope(List.of()).missing()).hasSize(1);
  }

  @Test
  void aServiceWithoutAContainerIsMissingIfItKeepsSomething() throws Exception {
    StackDefinition.Mount data =
        new StackDefinition.Mount(true, "data", "/var/lib/postgresql/data", false);
    Path bind = Files.createDirectories(folder.resolve("srv/uploads"));
    StackDefinition.Mount uploads =
        new StackDefinition.Mount(false, bind.toString(), "/uploads", false);
    Map<String, StackDefinition.DefinedService> services = new java.util.HashMap<>();
    services.put("web", defined(Set.of(), List.of(uploads)));
    services.put("db", defined(Set.of(), List.of(data)));
    services.put("reader", defined(Set.of(), List.of(uploads)));
    services.put("off", defined(Set.of("gpu"), List.of(data)));
    services.put(
        "conf",
        defined(Set.of(), List.of(new StackDefinition.Mount(true, "conf", "/etc/x", true))));
    services.put(
        "never",
        defined(Set.of(), List.of(new StackDefinition.Mount(true, "unmade", "/x", false))));
    volumes.addAll(List.of("data", "conf"));

    assertThat(missing(services, Set.of(), List.of("web")))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.what()).isEqualTo("db");
          assertThat(one.reason()).contains("data").contains("NOT in the archive");
        });
    assertThat(missing(services, Set.of(), List.of()))
        .extracting(BackupScope.LeftOut::what)
        .containsExactlyInAnyOrder("web", "db", "reader");
    assertThat(missing(services, Set.of(bind), List.of()))
        .extracting(BackupScope.LeftOut::what)
        .containsExactly("db");
  }

  @Test
  void aStackWithoutContainersOfWhichComposeTellsNothingLacksItsVolumes() throws Exception {
    volumes.add("data");
    assertThat(missing(null, Set.of(), List.of()))
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).contains("data"));
    assertThat(missing(null, Set.of(), List.of("web"))).isEmpty();
  }

  @Test
  void whatImagesAreBuiltFromIsNamedUnlessItIsSaved() {
    Path router = project.resolve("router");
    StackDefinition definition =
        new StackDefinition("shop", Map.of(), Map.of(), Set.of(router, project.resolve("saved/x")));

    assertThat(ProjectFiles.sources(definition, path -> path.startsWith(project.resolve("saved"))))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.what()).isEqualTo(router.toString());
          assertThat(one.reason()).contains("built from it");
        });
    assertThat(ProjectFiles.sources(null, path -> false)).isEmpty();
  }

  private static StackDefinition.DefinedService defined(
      Set<String> profiles, List<StackDefinition.Mount> mounts) {
    return new StackDefinition.DefinedService(
        profiles, Map.of(), Set.of(), Set.of(), Set.of(), List.of(), mounts, Set.of());
  }

  private List<BackupScope.LeftOut> missing(
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
    return new Containerless(engine(web()), stack, definition)
        .missing(chosen::contains, Worthless.of(Catalogue.load().kind(kind, ""), invocation));
  }

  private BackupScope scope(List<Path> folders) throws Exception {
    Container web = web();
    ComposeInvocation invocation =
        new ComposeInvocation("shop", project, files, List.of(), List.of());
    Stack stack =
        new Stack("shop", kind, "", invocation, List.of(new StackService(service, List.of(web))));
    return new BackupScopes(engine(web), null).of(stack, folders);
  }

  private Container web() {
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

  private Engine engine(Container container) {
    return (Engine)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("volumes")) {
                return volumes;
              }
              if (!method.getName().equals("inspect")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return new ContainerInspection(
                  container, command, "", "", false, false, variables, mounts, List.of(),
                  List.of());
            });
  }

  private void mount(String type, String source, String target) {
    mounts.add(new ContainerInspection.Mount(type, source, target, true));
  }

  private static Path write(Path file, String content) throws Exception {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
