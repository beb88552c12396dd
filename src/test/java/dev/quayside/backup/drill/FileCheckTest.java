package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.ArchivePlan.Consistency;
import dev.quayside.backup.ArchivePlan.Part;
import dev.quayside.backup.ArchivePlan.PartKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server is never started on one of several data sets, which need not be the one in use. */
class FileCheckTest {

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
