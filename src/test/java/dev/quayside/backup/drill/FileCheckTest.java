package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.ArchivePlan.Consistency;
import dev.quayside.backup.ArchivePlan.Part;
import dev.quayside.backup.ArchivePlan.PartKind;
import dev.quayside.common.Home;
import dev.quayside.common.Progress;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server is never started on one of several data sets, which need not be the one in use. */
class FileCheckTest {

  @TempDir private Path folder;

  private final DrillSubject subject =
      new DrillSubject(
          DrillSubject.Kind.REDIS, "cache", "sha256:1", List.of(part("files/a"), part("files/b")));
  private final Trial trial = new Trial(subject);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files/a/dump.rdb files/a/old.rdb",
        "files/a/dump.rdb files/b/dump.rdb",
        "files/a/appendonlydir/x.1.incr.aof files/b/appendonlydir/x.1.incr.aof",
        "files/a/appendonlydir/x.1.incr.aof files/b/dump.rdb",
        "files/a/appendonly.aof files/a/appendonlydir/x.manifest",
        "files/a/backup/dump.rdb files/a/dump.rdb",
        "files/a/dump.rdb files/a/log/x.1.base.rdb",
      })
  void severalDataSetsOfRedisAreUnknown(String paths) {
    RedisCheck check = new RedisCheck(subject);
    for (String path : paths.split(" ", -1)) {
      check.place(trial, path, new byte[0]);
    }
    assertThat(trial.open()).isFalse();
    assertSeveral();
  }

  @Test
  void oneSnapshotAndOneLogOfManyFilesAreLoaded() {
    RedisCheck check = new RedisCheck(subject);
    for (String name :
        List.of(
            "appendonlydir/x.1.base.rdb",
            "appendonlydir/x.1.incr.aof",
            "appendonlydir/x.manifest",
            "dump.rdb")) {
      assertThat(check.place(trial, "files/a/" + name, new byte[0]))
          .isEqualTo(FileCheck.FOLDER + "/data/" + name);
    }
    for (String name : List.of("temp-1.rdb", "backup/temp-2.rdb", "nodes.conf")) {
      assertThat(check.place(trial, "files/a/" + name, new byte[0])).isNull();
    }
    assertThat(trial.open()).isTrue();
  }

  @Test
  void aSnapshotThatLiesDeeperIsNotTakenForTheOneInUse() {
    assertThat(new RedisCheck(subject).place(trial, "files/a/old/dump.rdb", new byte[0])).isNull();
    assertThat(trial.open()).isTrue();
  }

  /** Keys of the log, if there is one, and of the snapshot, as the server tells them. */
  @ParameterizedTest
  @CsvSource({"3, 0, true", "3, 3, true", "0, 3, false", "0, 0, false", ", 0, false", ", 3, true"})
  void anEmptySnapshotBesideALogWithKeysIsOneOfBefore(
      @Nullable Integer log, int snapshot, boolean proven) throws Exception {
    RedisCheck check = new RedisCheck(subject);
    check.place(trial, "files/a/dump.rdb", new byte[0]);
    if (log != null) {
      check.place(trial, "files/a/appendonly.aof", new byte[0]);
    }

    check.look(
        trial,
        inside(command -> {
          int keys = command.getLast().equals("yes") ? Objects.requireNonNull(log) : snapshot;
          return keys == 0 ? "# Keyspace\n" : "# Keyspace\ndb0:keys=" + keys + ",expires=0\n";
        }));

    trial.close("");
    assertThat(trial.result().verdict())
        .isEqualTo(proven ? DrilledService.Verdict.PROVEN : DrilledService.Verdict.UNKNOWN);
  }

  private Inside inside(Function<List<String>, String> answers) throws Exception {
    EngineControl control =
        (EngineControl)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EngineControl.class},
                (proxy, method, arguments) -> {
                  ExecRequest request = (ExecRequest) arguments[0];
                  request
                      .output()
                      .write(answers.apply(request.command()).getBytes(StandardCharsets.UTF_8));
                  return new ExecResult(0, "", false);
                });
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    Journal journal = Journal.open(home, InstantSource.fixed(Instant.EPOCH));
    return new Inside(
        new JournaledEngine(control),
        journal.begin("drill", "demo", Map.of()),
        new ContainerId("0".repeat(64)),
        Progress.none());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void severalFoldersOfAServerAreUnknown(Server server) {
    ServerCheck check = new ServerCheck(server, subject);
    assertThat(check.place(trial, "files/a/db/" + server.mark(), new byte[0])).isNotNull();
    assertThat(check.place(trial, "files/a/db/x" + server.mark(), new byte[0])).isNotNull();
    assertThat(trial.open()).isTrue();
    assertThat(check.place(trial, "files/a/db.bak/" + server.mark(), new byte[0])).isNull();
    assertSeveral();
  }

  private void assertSeveral() {
    trial.completed();
    trial.close("");
    assertThat(trial.result().verdict()).isEqualTo(DrilledService.Verdict.UNKNOWN);
    assertThat(trial.result().reason()).contains("several data sets");
  }

  private static Part part(String path) {
    return new Part(path, PartKind.FOLDER, "/" + path, 1, 1, "", "cache", Consistency.STILL);
  }
}
