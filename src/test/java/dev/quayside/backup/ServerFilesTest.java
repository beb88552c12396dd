package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.ContainerInspection.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dump stands for the server's own files, and for nothing beside them. */
class ServerFilesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "/var/lib/postgresql/data, /var/lib/postgresql/data, true",
    "/var/lib/postgresql/data/pgdata, /var/lib/postgresql/data/backups, false",
    "/var/lib/postgresql/18/docker, /var/lib/postgresql/data, true",
    "/srv/pg, /var/lib/postgresql, true",
    "/var/lib/postgresql/data, /var/lib/postgresql, true",
    "/var/lib/postgresql/data, /var/lib/postgresql/data/pg_wal, true",
    "/var/lib/postgresql/data, /var/lib/postgresql/backups, false",
    "/var/lib/postgresql/data, /var/lib/postgresql-backups, false",
    "/var/lib/postgresql/data, /var/lib/postgresql/data-old, false",
    "/var/lib/postgresql/data/pgdata, /var/lib/postgresql/data, true",
    "/var/lib/postgresql/18/docker, /var/lib/postgresql, true",
    "/var/lib/postgresql/18/docker, /var/lib/postgresql/backups, false",
    "/srv/pg, /srv/pg, true",
    "/srv/pg, /srv, true",
    "/srv/pg, /srv/other, false",
  })
  void holdsThemOrNot(String place, String target, boolean holds) {
    ServerFiles own = new ServerFiles(Path.of(place));
    assertThat(own.hold(new Mount("volume", "some", target, true))).isEqualTo(holds);
    assertThat(ServerFiles.NONE.hold(new Mount("volume", "some", target, true))).isFalse();
  }

  @Test
  void aSingleFileAmongThemIsInNoDump() throws Exception {
    ServerFiles own = new ServerFiles(Path.of("/var/lib/postgresql/data"));
    Path file = Files.writeString(folder.resolve("pg_hba.conf"), "local all all trust");
    String target = "/var/lib/postgresql/data/pg_hba.conf";
    assertThat(own.hold(new Mount("bind", file.toString(), target, false))).isFalse();
    assertThat(own.hold(new Mount("bind", folder.toString(), target, false))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/var/lib/postgresql/data, /var/lib/postgresql/data, false",
    "/var/lib/postgresql/data, /var/lib/postgresql/data/pg_wal, false",
    "/var/lib/postgresql/data, /var/lib/postgresql, true",
    "/var/lib/postgresql/data/pgdata, /var/lib/postgresql/data, true",
    "/var/lib/postgresql/18/docker, /var/lib/postgresql, true",
    "/data/postgres, /data, true",
    "/data/postgres, /data/uploads, false",
  })
  void aMountThatGoesBeyondThemIsToBeLookedAt(String place, String target, boolean around) {
    List<Mount> mounts = List.of(new Mount("bind", "/host", target, true));
    assertThat(new ServerFiles(Path.of(place)).around(mounts)).hasSize(around ? 1 : 0);
    assertThat(ServerFiles.NONE.around(mounts)).isEmpty();
  }

  @Test
  void whatIsMountedInsideIsPassedOverLikeTheFiles() {
    List<Mount> mounts =
        List.of(
            new Mount("volume", "all", "/data", true),
            new Mount("tmpfs", "", "/data/cache", true),
            new Mount("tmpfs", "", "/", true));
    assertThat(new ServerFiles(Path.of("/data/postgres")).around(mounts))
        .containsExactly(
            new BackupScope.Around(true, "all", "/data", List.of("/data/postgres", "/data/cache")));
  }
}
