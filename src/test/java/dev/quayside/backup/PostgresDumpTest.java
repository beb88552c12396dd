package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineControl;
import dev.quayside.journal.JournaledEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real PostgreSQL server of this machine is dumped by its own tools; only the container around it
 * is missing.
 */
class PostgresDumpTest {

  private static final ContainerId CONTAINER = new ContainerId("0".repeat(64));

  @TempDir private Path folder;
  private LocalPostgres postgres;
  private Workbench bench;
  private int creations;
  private @Nullable Path vanishing;

  @BeforeEach
  void startServer() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    postgres = new LocalPostgres();
    postgres.tool("createdb", "n8n");
    sql(
        "n8n",
        "create table t(id int, x text); insert into t select g, md5(g::text) from"
            + " generate_series(1, 30000) g");
  }

  @AfterEach
  void stopServer() throws Exception {
    postgres.close();
  }

  @Test
  void aDumpGoesIntoAnArchiveAndComesBackRowForRow() throws Exception {
    Outcome<BackupReceipt> outcome = create("postgres", "n8n");
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    Path target = folder.resolve("restored");
    Path archive = ((Outcome.Done<BackupReceipt>) outcome).receipt().archive();
    assertThat(bench.restoreTo(archive, target)).isInstanceOf(Outcome.Done.class);

    Path dump = target.resolve("databases/db/n8n.dump");
    assertThat(postgres.tool("pg_restore", "--list", dump.toString()))
        .contains("TABLE DATA public t");
    assertThat(target.resolve("databases/db/globals.sql"))
        .content()
        .contains("CREATE ROLE postgres");
    assertThat(target.resolve("DATABASES.txt")).content().contains("databases/db/n8n.dump");
    postgres.tool("createdb", "again");
    postgres.tool("pg_restore", "-d", "again", dump.toString());
    String question = "select count(*) || md5(string_agg(x, '' order by id)) from t";
    assertThat(sql("again", question)).isEqualTo(sql("n8n", question)).startsWith("30000");
  }

  @Test
  void everyDatabaseOfTheServerIsInTheArchive() throws Exception {
    String odd = "it's host=elsewhere";
    postgres.tool("createdb", odd);
    sql("postgres", "create table forgotten(id int)");

    Path archive = ((Outcome.Done<BackupReceipt>) create("postgres", "n8n")).receipt().archive();
    Path target = folder.resolve("restored");
    assertThat(bench.restoreTo(archive, target)).isInstanceOf(Outcome.Done.class);

    assertThat(Workbench.names(target.resolve("databases/db")))
        .containsExactlyInAnyOrder(
            "globals.sql", "n8n.dump", "postgres.dump", ArchiveName.safe(odd) + ".dump");
    assertThat(
            postgres.tool(
                "pg_restore", "--list", target.resolve("databases/db/postgres.dump").toString()))
        .contains("TABLE public forgotten");
  }

  @Test
  void aFailingDumpMakesNoArchive() throws Exception {
    Outcome<BackupReceipt> outcome = create("postgres", "nothing");
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("BACKUP-DUMP-FAILED"));
    assertThat(Workbench.names(bench.shelf)).isEmpty();
  }

  @Test
  void theProblemNamesTheDatabaseThatCouldNotBeDumped() throws Exception {
    sql("n8n", "create view broken as select 1/0 as x; create table kept(id int)");
    sql("n8n", "update pg_class set relam = 999999 where relname = 'kept'");

    assertThat(create("postgres", "postgres"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().title()).contains("the database n8n"));
  }

  @Test
  void twoContainersOfOneServiceHaveAPlaceEach() throws Exception {
    BackupScope.Postgres one = server("postgres", "n8n");

    Outcome<BackupReceipt> outcome = create(List.of(), List.of(one, one), Progress.none());

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    Path target = folder.resolve("restored");
    Path archive = ((Outcome.Done<BackupReceipt>) outcome).receipt().archive();
    assertThat(bench.restoreTo(archive, target)).isInstanceOf(Outcome.Done.class);
    assertThat(Workbench.names(target.resolve("databases"))).containsExactly("db", "db-2");
    assertThat(target.resolve("databases/db-2/n8n.dump")).isNotEmptyFile();
  }

  @Test
  void aServerThatDoesNotAnswerIsSaidToBeMissingAndTheRestIsSaved() throws Exception {
    Files.writeString(bench.source.resolve("kept"), "kept");
    List<BackupScope.Folder> folders = List.of(new BackupScope.Folder("data", bench.source));

    Outcome<BackupReceipt> outcome =
        create(
            folders,
            List.of(server("postgres", "nothing"), server("postgres", "n8n")),
            Progress.none());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().code()).isEqualTo("BACKUP-INCOMPLETE"));
    BackupReceipt receipt = ((Outcome.Attention<BackupReceipt>) outcome).receipt();
    assertThat(receipt.leftOut()).extracting(BackupScope.LeftOut::what).containsExactly("db");
    assertThat(receipt.leftOut().getFirst().reason()).contains("nothing");
    Path target = folder.resolve("restored");
    assertThat(bench.restoreTo(receipt.archive(), target)).isInstanceOf(Outcome.Attention.class);
    assertThat(target.resolve("files/data/kept")).hasContent("kept");
    assertThat(target.resolve("databases/db-2/n8n.dump")).isNotEmptyFile();
  }

  @Test
  void whatLiesBesideTheServersFilesIsSaidToBeMissing() throws Exception {
    Path mount = Files.createDirectories(folder.resolve("mount"));
    Path data = Files.createDirectories(mount.resolve("18/docker"));
    Files.writeString(data.resolve("PG_VERSION"), "18");
    Files.createDirectories(mount.resolve("lost+found"));
    Files.createDirectories(mount.resolve("empty"));
    assertThat(create(around(mount, data))).isInstanceOf(Outcome.Done.class);

    Files.writeString(Files.createDirectories(mount.resolve("uploads")).resolve("a"), "a");
    Files.writeString(mount.resolve("18/server.key"), "key");
    assertThat(missing(create(around(mount, data))))
        .containsExactlyInAnyOrder("/host/uploads", "/host/18/server.key");

    // Early images of PostgreSQL 18 left such a link, which the engine copies into a new volume.
    Files.createSymbolicLink(mount.resolve("data"), Path.of("."));
    Files.createSymbolicLink(mount.resolve("nowhere"), Path.of("gone"));
    assertThat(missing(create(around(mount, data))))
        .as("what a link leads to is told at its own name, and once")
        .containsExactlyInAnyOrder("/host/uploads", "/host/18/server.key");

    assertThat(missing(create(around(folder.resolve("away"), data))))
        .as("what cannot be looked at is not said to be fine")
        .containsExactly("/host");
  }

  @Test
  void whatGoesAwayWhileWeLookBesideAServerIsNotMissing() throws Exception {
    Path mount = Files.createDirectories(folder.resolve("mount"));
    Path data = Files.createDirectories(mount.resolve("18/docker"));
    Path brief = Files.writeString(mount.resolve("0-brief"), "x");
    vanishing = brief;
    assertThat(create(around(mount, data))).isInstanceOf(Outcome.Done.class);

    Path deep = Files.createDirectories(mount.resolve("18"));
    vanishing = Files.writeString(deep.resolve("0-brief"), "x");
    assertThat(create(around(mount, data))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void whatIsSavedByAnotherWayIsNotMissingBesideAServer() throws Exception {
    Files.writeString(bench.source.resolve("a"), "a");
    Path mount = bench.source.getParent();
    List<BackupScope.Folder> folders = List.of(new BackupScope.Folder("data", bench.source));
    List<String> others =
        Workbench.names(mount).stream().map(name -> mount.resolve(name).toString()).toList();
    BackupScope.Around around =
        new BackupScope.Around(
            false,
            mount.toString(),
            mount.toString(),
            others.stream().filter(path -> !path.equals(bench.source.toString())).toList());

    assertThat(create(folders, List.of(server(around)), Progress.none()))
        .isInstanceOf(Outcome.Done.class);
    assertThat(missing(create(List.of(), List.of(server(around)), Progress.none())))
        .containsExactly(bench.source.toString());
  }

  @Test
  void aTemplateIsSavedAndADatabaseThatTakesNobodyIsSaidToBeMissing() throws Exception {
    sql("postgres", "create database pattern is_template true");
    sql("postgres", "create database closed allow_connections false");
    String kept = PostgresServer.keptName("0123abcd") + "_1";
    sql("postgres", "create database " + kept + " allow_connections false");

    Outcome<BackupReceipt> outcome = create("postgres", "n8n");

    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    BackupReceipt receipt = ((Outcome.Attention<BackupReceipt>) outcome).receipt();
    assertThat(receipt.leftOut())
        .extracting(BackupScope.LeftOut::what)
        .containsExactlyInAnyOrder("db/closed", "db/" + kept);
    Path target = folder.resolve("restored");
    assertThat(bench.restoreTo(receipt.archive(), target)).isInstanceOf(Outcome.Attention.class);
    assertThat(Workbench.names(target.resolve("databases/db")))
        .containsExactlyInAnyOrder("globals.sql", "n8n.dump", "postgres.dump", "pattern.dump");
    sql("postgres", "drop database closed");
    assertThat(create("postgres", "n8n")).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void theRoleAndTheDatabaseMayBeNamedInFiles() throws Exception {
    Path role = Files.writeString(folder.resolve("role"), "postgres\n");
    Path database = Files.writeString(folder.resolve("database"), "n8n\n");
    BackupScope.Postgres named =
        new BackupScope.Postgres(
            "db", CONTAINER, "nobody", "", role.toString(), database.toString());

    assertThat(create(List.of(), List.of(named), Progress.none())).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aDumpThatWaitsForALockCanBeCancelled() throws Exception {
    Process holder =
        new ProcessBuilder("psql", "-X", "-h", postgres.socket(), "-U", "postgres", "-d", "n8n")
            .redirectErrorStream(true)
            .start();
    try (var input = holder.outputWriter();
        var output = holder.inputReader()) {
      input.write("begin; lock table t; select 'locked';\n");
      input.flush();
      for (String line = output.readLine(); !line.contains("locked"); line = output.readLine()) {
        assertThat(line).isNotNull();
      }
      Outcome<BackupReceipt> outcome =
          create(List.of(), List.of(server("postgres", "n8n")), new CancelledAt("n8n"));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.problem().code()).isEqualTo("BACKUP-CANCELLED"));
      assertThat(Workbench.names(bench.shelf)).isEmpty();
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  /** Asks to stop as soon as the dump of a database has begun. */
  private static final class CancelledAt implements Progress {

    private final String database;
    private volatile boolean begun;

    CancelledAt(String database) {
      this.database = database;
    }

    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void line(String text) {
      begun |= text.endsWith("/" + database);
    }

    @Override
    public boolean cancelled() {
      return begun;
    }
  }

  private static BackupScope.Postgres around(Path mount, Path data) {
    return server(
        new BackupScope.Around(false, "/host", mount.toString(), List.of(data.toString())));
  }

  private static BackupScope.Postgres server(BackupScope.Around around) {
    return new BackupScope.Postgres(
        "db", CONTAINER, "postgres", "n8n", null, null, List.of(around));
  }

  private Outcome<BackupReceipt> create(BackupScope.Postgres server) throws Exception {
    return create(List.of(), List.of(server), Progress.none());
  }

  private static List<String> missing(Outcome<BackupReceipt> outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().code()).isEqualTo("BACKUP-INCOMPLETE"));
    return ((Outcome.Attention<BackupReceipt>) outcome)
        .receipt().leftOut().stream().map(BackupScope.LeftOut::what).toList();
  }

  private static BackupScope.Postgres server(String user, String database) {
    return new BackupScope.Postgres("db", CONTAINER, user, database);
  }

  private Outcome<BackupReceipt> create(String user, String database) throws Exception {
    return create(List.of(), List.of(server(user, database)), Progress.none());
  }

  private Outcome<BackupReceipt> create(
      List<BackupScope.Folder> folders, List<BackupScope.Postgres> servers, Progress progress)
      throws Exception {
    BackupScope scope =
        new BackupScope("demo", "generic", folders, List.of(), servers, List.of(), List.of());
    BackupRequest request = bench.request();
    return new BackupCreation(
            bench.home,
            bench.journal(),
            new JournaledEngine(control()),
            null,
            InstantSource.fixed(Workbench.NOW.plusSeconds(creations++)),
            StepBoundary.none())
        .run(
            new BackupRequest(scope, bench.shelf, request.protection(), Compression.ZSTD),
            progress);
  }

  /** Runs what would run inside the container on this machine, and knows nothing else. */
  private EngineControl control() {
    return postgres.control(request -> {
      Path gone = vanishing;
      if (gone != null && request.command().getLast().equals(gone.toString())) {
        Files.deleteIfExists(gone);
      }
    });
  }

  private String sql(String database, String question) throws Exception {
    return postgres.sql(database, question);
  }
}
