package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.stack.StackDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an operator who names nothing finds in the archive. */
class BackupScopesTest extends ScopesFixture {

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
  void whatAStandingServiceKeepsIsItsDataAndWhatAJobWroteIsNot() throws Exception {
    Path data = Files.createDirectories(folder.resolve("srv/data"));
    mount("bind", data.toString(), "/data");
    state = ContainerState.EXITED;
    restart = "unless-stopped";
    assertThat(scope(List.of()).writers(data.toString())).isEmpty();
    assertThat(scope(List.of()).stopped()).isEmpty();
    assertThat(scope(List.of()).services(data.toString())).containsExactly("web");

    restart = "no";
    assertThat(scope(List.of()).services(data.toString())).isEmpty();
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
  void singleFilesComeBackWithContentAndMode() throws Exception {
    Files.setAttribute(project.resolve(".env"), "unix:mode", 0600);
    Path real = write(folder.resolve("real.yaml"), "services: {a: {}}\n");
    files.add(Files.createSymbolicLink(project.resolve("linked.yaml"), real));
    files.add(folder.resolve("gone.yaml"));
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
}
