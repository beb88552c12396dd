package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupScope;
import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerId;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills what services keep in files: a database of SQLite with its log, and a real Redis. */
@Tag("bed")
class DrillFilesBedTest {

  private static final String STACK =
      """
      services:
        chat:
          image: ghcr.io/open-webui/open-webui:v0.7.2
          stop_signal: SIGKILL
          volumes: [./chat:/app/backend/data]
        cache:
          image: redis:7-alpine
          command: ["redis-server", "--appendonly", "yes"]
          volumes: [./cache:/data]
        idle:
          image: quayside-bed/base:1
          stop_signal: SIGKILL
          command: [sleep, '1000']
          volumes: [./plain:/plain]
      """;

  @TempDir private Path folder;
  private final Bed bed = Bed.required();
  private BedStack stack;
  private DrillWorld world;
  private Path chat;
  private Path cache;

  @BeforeEach
  void start() throws Exception {
    stack = bed.stack(STACK, folder.resolve("stack"));
    chat = Files.createDirectories(stack.directory().resolve("chat"));
    cache = Files.createDirectories(stack.directory().resolve("cache"));
    Files.writeString(
        Files.createDirectories(stack.directory().resolve("plain")).resolve("x"), "x");
    stack.up();
    world = new DrillWorld(folder.resolve("home"), StepBoundary.none(), bed.environment());
    Bed.await(
        "both answer",
        Duration.ofSeconds(60),
        () ->
            rows("select count(*) from config").equals("1")
                && tried("cache", "redis-cli", "ping").equals("PONG"));
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(bed.docker("ps", "-aq", "--filter", "label=" + Throwaways.LABEL)).isEmpty();
    stack.close();
  }

  @Test
  void databasesInFilesComeBackToLifeAndPlainFilesStayUnknown() throws Exception {
    // A connection that stays open keeps what is committed in the log beside the database.
    Process open = writer();
    Bed.await("it is committed", Duration.ofSeconds(20), () -> rows(COUNT).equals("1000"));
    assertThat(Files.size(chat.resolve("webui.db-wal"))).isPositive();
    tried("cache", "sh", "-c", "for i in $(seq 300); do echo set k$i v; done | redis-cli");

    tried(
        "chat",
        "sqlite3",
        "/app/backend/data/state",
        "create table a(x); insert into a values(1);");
    Path single = Files.createDirectory(stack.directory().resolve("single"));
    Files.move(chat.resolve("state"), single.resolve("state"));

    Outcome<DrillReceipt> outcome = world.drill(archive(), Progress.none());

    open.destroy();
    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Attention.class);
    List<DrilledService> services =
        ((Outcome.Attention<DrillReceipt>) outcome).receipt().services();
    assertThat(services)
        .extracting(DrilledService::service, DrilledService::verdict)
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple("chat", DrilledService.Verdict.PROVEN),
            org.assertj.core.api.Assertions.tuple("cache", DrilledService.Verdict.PROVEN),
            org.assertj.core.api.Assertions.tuple("idle", DrilledService.Verdict.UNKNOWN));
    assertThat(evidence(services, "chat"))
        .contains("webui.db", "integrity_check says ok", "4 tables, 1202 rows")
        .contains("single/state was opened", "1 tables, 1 rows");
    assertThat(evidence(services, "cache"))
        .contains("loaded dump.rdb: 300 keys", "loaded the append-only files: 300 keys");
  }

  @Test
  void whatIsCalledADatabaseAndIsNoneIsNotProven() throws Exception {
    Files.writeString(chat.resolve("vectors.sqlite3"), "");
    bed.docker("stop", container("cache"));
    Files.writeString(log(), "REDIS9999 of another time");
    assertThat(cache.resolve("dump.rdb")).exists();

    Outcome<DrillReceipt> outcome = world.drill(archive(), Progress.none());

    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Attention.class);
    assertThat(((Outcome.Attention<DrillReceipt>) outcome).receipt().services())
        .filteredOn(one -> one.service().equals("chat"))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.verdict()).isEqualTo(DrilledService.Verdict.UNKNOWN);
          assertThat(one.reason()).contains("vectors.sqlite3");
          assertThat(String.join("\n", one.evidence())).contains("webui.db");
        });
    assertThat(((Outcome.Attention<DrillReceipt>) outcome).receipt().services())
        .filteredOn(one -> one.service().equals("cache"))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.verdict()).isEqualTo(DrilledService.Verdict.UNKNOWN);
          assertThat(one.reason()).contains("nothing in the set tells", "the append-only files");
        });
  }

  @Test
  void aDatabaseThatIsTornIsRefusedByItsOwnTool() throws Exception {
    tried("chat", "sqlite3", "/app/backend/data/webui.db", FILL + "pragma wal_checkpoint(full);");
    bed.docker("kill", container("chat"));
    try (RandomAccessFile file = new RandomAccessFile(chat.resolve("webui.db").toFile(), "rw")) {
      file.seek(3L * 4096);
      file.write(new byte[4096]);
    }
    bed.docker("stop", container("cache"));
    Files.writeString(log(), "REDIS9999 of another time");
    // With a snapshot beside them nobody could tell whether it is the files that were in use.
    Files.deleteIfExists(cache.resolve("dump.rdb"));

    Outcome<DrillReceipt> outcome = world.drill(archive(), Progress.none());

    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Found.class);
    assertThat(((Outcome.Found<DrillReceipt>) outcome).receipt().services())
        .filteredOn(one -> !one.service().equals("idle"))
        .hasSize(2)
        .allSatisfy(one -> {
          assertThat(one.verdict()).isEqualTo(DrilledService.Verdict.FAILED);
          assertThat(one.reason()).containsAnyOf("integrity_check refused", "redis-server refused");
        });
  }

  private static final String COUNT = "select count(*) from storm";
  private static final String FILL =
      "create table storm(x); with recursive n(i) as (select 1 union all select i + 1 from n where"
          + " i < 1000) insert into storm select hex(randomblob(100)) from n;";

  private Process writer() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "docker",
            "exec",
            container("chat"),
            "sh",
            "-c",
            "{ echo '" + FILL + "'; sleep 600; } | sqlite3 /app/backend/data/webui.db");
    builder.environment().putAll(bed.environment());
    return builder.redirectErrorStream(true).start();
  }

  private Path log() throws Exception {
    try (var logs = Files.list(cache.resolve("appendonlydir"))) {
      return logs.filter(one -> one.toString().endsWith(".base.rdb")).findFirst().orElseThrow();
    }
  }

  private Path archive() throws Exception {
    Path single = stack.directory().resolve("single");
    List<BackupScope.SingleFiles> files =
        Files.exists(single)
            ? List.of(
                new BackupScope.SingleFiles("single", single, List.of(single.resolve("state"))))
            : List.of();
    BackupScope scope =
        new BackupScope(
            "demo",
            "generic",
            List.of(folder("chat"), folder("cache"), folder("plain")),
            files,
            List.of(),
            List.of(service("chat"), service("cache"), service("idle")),
            List.of(),
            List.of(),
            List.of(
                writing("chat", "chat"),
                writing("single/state", "chat"),
                writing("cache", "cache"),
                writing("plain", "idle")));
    return world.archive(scope, folder.resolve("archives"), "");
  }

  private BackupScope.Folder folder(String name) {
    return new BackupScope.Folder(name, stack.directory().resolve(name));
  }

  private BackupScope.Writing writing(String name, String service) throws Exception {
    return new BackupScope.Writing(
        stack.directory().resolve(name).toString(),
        List.of(new BackupScope.Writer(service, new ContainerId(container(service)))));
  }

  private BackupScope.Service service(String name) throws Exception {
    String[] facts =
        bed.docker("inspect", "-f", "{{.Config.Image}} {{.Image}}", container(name))
            .strip()
            .split(" ", -1);
    return new BackupScope.Service(name, facts[0], facts[1]);
  }

  private String rows(String query) throws Exception {
    return tried("chat", "sqlite3", "-cmd", ".timeout 3000", "/app/backend/data/webui.db", query);
  }

  private String tried(String service, String... command) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of("exec", container(service)));
    all.addAll(List.of(command));
    try {
      return bed.docker(all.toArray(String[]::new)).strip();
    } catch (AssertionError notYet) {
      return "";
    }
  }

  private String container(String service) throws Exception {
    return bed.docker(
            "ps",
            "-aq",
            "--no-trunc",
            "--filter",
            "label=com.docker.compose.project=" + stack.directory().getFileName(),
            "--filter",
            "label=com.docker.compose.service=" + service)
        .strip();
  }

  private static String evidence(List<DrilledService> services, String name) {
    return services.stream()
        .filter(one -> one.service().equals(name))
        .map(one -> String.join("\n", one.evidence()))
        .findFirst()
        .orElseThrow();
  }
}
