package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.stack.StackDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said not to be in the archive, and makes a set incomplete. */
class IncompleteScopesTest extends ScopesFixture {

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
  void aFolderThatWasMovedUnderARunningServiceIsMissing() throws Exception {
    Path data = project.resolve("moved");
    mount("bind", data.toString(), "/data");
    assertThat(scope(List.of()).missing())
        .extracting(BackupScope.LeftOut::what)
        .containsExactly(data.toString());

    state = ContainerState.EXITED;
    assertThat(scope(List.of()).missing()).isEmpty();
    assertThat(scope(List.of()).leftOut())
        .extracting(BackupScope.LeftOut::what)
        .contains(data.toString());
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
    // The entry point puts the name before what is meant for the server.
    command.set(1, "-c");
    assertThat(scope(List.of()).missing()).hasSize(1);
    command.set(0, "sh");
    assertThat(scope(List.of()).missing()).isEmpty();
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
    services.put(
        "shared",
        defined(Set.of(), List.of(new StackDefinition.Mount(true, "ours", "/x", false, true))));
    volumes.addAll(List.of("data", "conf"));
    assertThat(missing(services, Set.of(), List.of("web")))
        .as("the engine does not say of an external volume whose it is")
        .extracting(BackupScope.LeftOut::what)
        .containsExactly("db", "shared");
    services.remove("shared");

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
    assertThat(missing(null, Set.of(), List.of("web"))).hasSize(1);
    mount("volume", "shop_data", "/data");
    assertThat(missing(null, Set.of(), List.of("web"))).isEmpty();
  }

  @Test
  void aSetOfWhichComposeTellsNothingIsIncomplete() throws Exception {
    assertThat(scope(List.of()).missing()).isEmpty();
    volumes.add("data");
    composeTells = false;
    assertThat(scope(List.of()).missing())
        .extracting(BackupScope.LeftOut::what)
        .containsExactlyInAnyOrder(project.toString(), "shop");
  }

  @Test
  void aKeyThatAContainerHasAndNoFileHoldsIsMissing() throws Exception {
    kind = "local-llm-stack";
    service = "librechat";
    write(project.resolve("config/.env"), "CREDS_IV=\n");
    given.add("CREDS_KEY");
    assertThat(scope(List.of()).keys())
        .as("it stands in a Compose file or an env file, and these are saved")
        .isEmpty();

    referred.addAll(Set.of("CREDS_KEY", "CREDS_IV"));
    BackupScope scope = scope(List.of());
    assertThat(scope.keys()).containsExactly(new BackupScope.Key("CREDS_KEY", List.of()));
    assertThat(backedUp(scope))
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().code()).isEqualTo("BACKUP-NO-KEY"));

    defaulted.add("CREDS_KEY");
    assertThat(scope(List.of()).keys()).as("what stands in for it is in a Compose file").isEmpty();
    defaulted.clear();

    given.clear();
    given.add("CREDS");
    assertThat(scope(List.of()).keys()).isEmpty();
  }

  @Test
  void aKeyInAnEnvFileThatComposeWasGivenIsInTheSet() throws Exception {
    kind = "local-llm-stack";
    service = "librechat";
    Path settings = write(project.resolve("prod.env"), "CREDS_KEY=abc\nCREDS_IV=def\n");
    given.addAll(Set.of("CREDS_KEY", "CREDS_IV"));
    referred.addAll(given);
    assertThat(scope(List.of()).keys())
        .containsExactlyInAnyOrder(
            new BackupScope.Key("CREDS_KEY", List.of()),
            new BackupScope.Key("CREDS_IV", List.of()));

    invocationEnvFiles.add(settings);
    BackupScope scope = scope(List.of());
    assertThat(scope.keys())
        .containsExactlyInAnyOrder(
            new BackupScope.Key("CREDS_KEY", List.of(settings)),
            new BackupScope.Key("CREDS_IV", List.of(settings)));
    assertThat(backedUp(scope)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aKeyIsFoundByWhatTheServiceCallsIt() throws Exception {
    kind = "dream-server";
    era = "v2";
    service = "open-webui";
    composeTells = false;
    given.add("WEBUI_SECRET_KEY");
    assertThat(scope(List.of()).keys())
        .containsExactly(new BackupScope.Key("WEBUI_SECRET", List.of()));
  }

  @Test
  void aFileWhereWeMayNotLookIsNotCalledGone() throws Exception {
    // What leads nowhere tells as little as a folder of somebody else.
    Path loop = project.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    Path hidden = loop.resolve("secrets.env");
    envFiles.add(hidden);
    envFiles.add(project.resolve("gone.env"));

    BackupScope scope = scope(List.of());

    assertThat(scope.leftOut())
        .extracting(BackupScope.LeftOut::what)
        .containsExactly(project.resolve("gone.env").toString());
    assertThat(backedUp(scope))
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().happened()).contains(hidden.toString()));
  }

  @Test
  void aFolderOfTheSystemThatAServiceWritesToIsMissingUnlessItIsNamed() throws Exception {
    mount("bind", "/etc", "/data");
    assertThat(scope(List.of()).missing())
        .extracting(BackupScope.LeftOut::what)
        .containsExactly("/etc");
    assertThat(scope(List.of(Path.of("/etc"))).missing()).isEmpty();

    mounts.clear();
    mounts.add(new ContainerInspection.Mount("bind", "/usr/share", "/share", false));
    mount("bind", "/etc/localtime", "/etc/localtime");
    mount("bind", "/var/run/docker.sock", "/var/run/docker.sock");
    mount("bind", "/dev/null", "/dev/null");
    mount("bind", "/dev", "/host/dev");
    BackupScope scope = scope(List.of());
    assertThat(scope.missing()).isEmpty();
    assertThat(scope.leftOut()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lib/modules",
        "/lib64",
        "/usr/src",
        "/usr/bin/docker",
        "/run/udev",
        "/run/dbus",
        "/run/xtables.lock",
        "/var/run/docker",
        "/boot",
        "/sbin/iptables",
        "/etc/ssl/certs",
        "/etc/pki/ca-trust",
      })
  void whatPackagesBringOrMemoryHoldsIsNotMissing(String place) throws Exception {
    mount("bind", place, "/data");
    assertThat(scope(List.of()).missing()).isEmpty();
    assertThat(scope(List.of()).leftOut())
        .extracting(BackupScope.LeftOut::what)
        .containsExactly(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc/nginx",
        "/etc/ssl",
        "/usr",
        "/usr/local",
        "/usr/local/share/shop",
        "/usr/share/shop/data",
        "/usr/src/app",
        "/etc/pki/tls/private",
        "/run/media/me/disk",
        "/var/run/media/me/disk",
      })
  void whatOperatorsKeepInPlacesOfTheSystemIsMissing(String place) throws Exception {
    mount("bind", place, "/data");
    assertThat(scope(List.of()).missing())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.what()).isEqualTo(place);
          assertThat(one.reason()).contains("those that are not named are not saved");
        });
  }

  @Test
  void aFolderOfTheSystemIsDataOfAServiceWithoutAContainer() throws Exception {
    Map<String, StackDefinition.DefinedService> services =
        Map.of(
            "etc",
            defined(Set.of(), List.of(new StackDefinition.Mount(false, "/etc", "/x", false))),
            "dev",
            defined(Set.of(), List.of(new StackDefinition.Mount(false, "/dev", "/x", false))));
    assertThat(missing(services, Set.of(), List.of()))
        .extracting(BackupScope.LeftOut::what)
        .containsExactly("etc");
  }
}
