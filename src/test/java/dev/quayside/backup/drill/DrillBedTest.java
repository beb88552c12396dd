package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.Proof;
import dev.quayside.bed.Bed;
import dev.quayside.bed.BedProgram;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerId;
import dev.quayside.journal.JournalCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drills archives of a real PostgreSQL server; the live one keeps its identity and start time. */
@Tag("bed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrillBedTest {

  private static final String KEY = "the-key-of-n8n";
  private static final String STACK =
      """
      services:
        db:
          image: postgres:15
          stop_signal: SIGKILL
          environment: {POSTGRES_USER: owner, POSTGRES_PASSWORD: made-up, POSTGRES_DB: shop}
      """;
  private static final String FILL =
      """
      create role reader login password 'made-up too';
      create table goods(id int primary key, name text not null);
      insert into goods select g, md5(g::text) from generate_series(1, 20000) g;
      create view few as select * from goods where id < 10;
      create table "odd ""name" (x int references goods);
      insert into "odd ""name" values (1), (2);
      grant select on goods to reader;
      create database n8n owner reader;
      """;

  @TempDir static Path folder;

  private Bed bed;
  private BedStack stack;
  private String database;
  private String image;
  private String before;
  private Set<String> volumesBefore;
  private DrillWorld world;
  private BedProgram program;
  private Path archive;
  private int archives;

  @BeforeAll
  void start() throws Exception {
    bed = Bed.required();
    stack = bed.stack(STACK, folder.resolve("stack")).up();
    database =
        bed.docker(
                "ps",
                "-q",
                "--no-trunc",
                "--filter",
                "label=com.docker.compose.project=" + stack.directory().getFileName())
            .strip();
    image = bed.docker("inspect", "-f", "{{.Image}}", database).strip();
    Bed.await("the server answers", Duration.ofSeconds(60), () -> ready());
    sql("shop", FILL);
    sql(
        "n8n",
        "create table credentials_entity(id text, data text);"
            + "insert into credentials_entity values ('c1', '"
            + encrypted("{\"token\":\"made up\"}")
            + "')");
    before = live();
    volumesBefore = volumes();
    world = new DrillWorld(folder.resolve("home"), StepBoundary.none(), bed.environment());
    program = new BedProgram(bed, folder, DrillWorld.class);
    archive = archive(image, KEY, "");
  }

  private boolean ready() throws Exception {
    try {
      bed.docker("exec", database, "pg_isready", "-h", "127.0.0.1", "-U", "owner");
      return true;
    } catch (AssertionError notYet) {
      return false;
    }
  }

  private void sql(String name, String script) throws Exception {
    bed.docker(
        "exec",
        database,
        "psql",
        "-X",
        "-v",
        "ON_ERROR_STOP=1",
        "-U",
        "owner",
        "-d",
        name,
        "-c",
        script.replace("create database n8n owner reader;\n", ""));
    if (script.contains("create database n8n")) {
      bed.docker("exec", database, "createdb", "-U", "owner", "-O", "reader", "n8n");
    }
  }

  /** As n8n does, by an implementation that is not ours. */
  private static String encrypted(String text) throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "enc",
                "-aes-256-cbc",
                "-md",
                "md5",
                "-salt",
                "-a",
                "-A",
                "-pass",
                "pass:" + KEY)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var input = openssl.getOutputStream()) {
      input.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String answer = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return answer.strip();
  }

  private Path archive(String imageId, String key, String cut) throws Exception {
    Path settings = Files.createDirectories(folder.resolve("n8n-" + ++archives));
    Path file =
        Files.writeString(settings.resolve("config"), "{\"encryptionKey\": \"" + key + "\"}");
    BackupScope scope =
        new BackupScope(
            "shop",
            "generic",
            List.of(),
            List.of(new BackupScope.SingleFiles("n8n", settings, List.of(file))),
            List.of(new BackupScope.Postgres("db", new ContainerId(database), "owner", "shop")),
            List.of(new BackupScope.Service("db", "postgres:15", imageId)),
            List.of());
    return world.archive(scope, folder.resolve("archives-" + archives), cut);
  }

  private String live() throws Exception {
    return bed.docker("inspect", "-f", "{{.Id}} {{.State.StartedAt}} {{.State.Pid}}", database);
  }

  private Set<String> volumes() throws Exception {
    return Set.copyOf(bed.docker("volume", "ls", "-q").lines().toList());
  }

  private String drilled() throws Exception {
    return bed.docker("ps", "-aq", "--filter", "label=" + Throwaways.LABEL);
  }

  @AfterEach
  void nothingIsLeftAndTheLiveServerIsTheSame() throws Exception {
    assertThat(drilled()).isEmpty();
    assertThat(volumes()).as("what was there before").isEqualTo(volumesBefore);
    assertThat(live()).isEqualTo(before);
    assertThat(world.journal.verify()).isInstanceOf(JournalCheck.Intact.class);
    assertThat(world.journal.unended(Drill.ACTION)).isEmpty();
    assertThat(new DrillRecords(world.home).all()).isEmpty();
  }

  @AfterAll
  void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void aServerComesBackToLifeWithEveryRow() throws Exception {
    Outcome<DrillReceipt> outcome = world.drill(archive, Progress.none());

    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Done.class);
    DrillReceipt receipt = ((Outcome.Done<DrillReceipt>) outcome).receipt();
    DrilledService db = receipt.services().getFirst();
    assertThat(receipt.services()).hasSize(1);
    assertThat(db.verdict()).isEqualTo(DrilledService.Verdict.PROVEN);
    assertThat(db.image()).isEqualTo(image);
    assertThat(String.join("\n", db.evidence()))
        .contains(image, "its roles were made", "shop", "2 tables, 20002 rows", "credential");
    assertThat(new DrillHistory(world.home).list().getFirst()).isEqualTo(receipt);
    Proof proof =
        new BackupShelf(world.home)
            .list().stream()
                .filter(one -> one.archive().equals(archive))
                .findFirst()
                .orElseThrow()
                .proof();
    assertThat(proof).isEqualTo(receipt.proof());
    assertThat(proof.whole()).isTrue();
  }

  @Test
  void aDumpThatWasCutIsRefusedByItsOwnServer() throws Exception {
    Outcome<DrillReceipt> outcome = world.drill(archive(image, KEY, "pg_dump"), Progress.none());

    DrilledService db = found(outcome);
    assertThat(db.verdict()).isEqualTo(DrilledService.Verdict.FAILED);
    assertThat(db.reason()).contains("pg_restore refused the database").contains("end of file");
  }

  @Test
  void aKeyThatDoesNotFitIsFound() throws Exception {
    DrilledService db = found(world.drill(archive(image, "another", ""), Progress.none()));

    assertThat(db.verdict()).isEqualTo(DrilledService.Verdict.FAILED);
    assertThat(db.reason()).contains("no key in the set opens");
  }

  @Test
  void anImageThatIsNotHereIsUnknownAndNotFetched() throws Exception {
    Outcome<DrillReceipt> outcome =
        world.drill(archive("sha256:" + "0".repeat(64), KEY, ""), Progress.none());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            one -> assertThat(one.problem().code()).isEqualTo("DRILL-PARTLY"));
    DrilledService db = ((Outcome.Attention<DrillReceipt>) outcome).receipt().services().getFirst();
    assertThat(db.verdict()).isEqualTo(DrilledService.Verdict.UNKNOWN);
    assertThat(db.reason()).contains("is not on this machine");
  }

  @Test
  void aCancelledDrillLeavesNothing() throws Exception {
    Outcome<DrillReceipt> outcome = world.drill(archive, new CancelledAtFirstDump());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            one -> assertThat(one.problem().code()).isEqualTo("BACKUP-CANCELLED"));
  }

  @ParameterizedTest
  @EnumSource(DrillStep.class)
  void afterAKillTheNextStartRemovesWhatWasMade(DrillStep step) throws Exception {
    String home = folder.resolve("home").toString();

    assertThat(program.start(true, step.label(), home, "drill", archive.toString()).waitFor())
        .isEqualTo(StepBoundary.HALT_STATUS);
    List<DrillLeftovers.Leftover> told = world.recover();

    assertThat(told)
        .allMatch(one -> one.fate() == fate(step))
        .hasSize(step == DrillStep.ANNOUNCED || step == DrillStep.RECORD_REMOVED ? 0 : 1);
    assertThat(world.recover()).isEmpty();
    assertThat(ends()).allMatch(count -> count == 1);
  }

  private static DrillLeftovers.Fate fate(DrillStep step) {
    return step.compareTo(DrillStep.NOTED) < 0
        ? DrillLeftovers.Fate.REMOVED
        : DrillLeftovers.Fate.FINISHED;
  }

  /** Returns how often each drill was ended in the journal. */
  private Collection<Integer> ends() throws Exception {
    Map<String, Integer> ends = new TreeMap<>();
    world.journal.entries().stream()
        .filter(entry -> entry.action().equals(Drill.ACTION))
        .forEach(entry -> {
          int end =
              switch (entry.kind()) {
                case DONE, FAILED, ATTENTION -> 1;
                case INTENT, STEP, NOTE -> 0;
              };
          ends.merge(entry.intent(), end, Integer::sum);
        });
    return ends.values();
  }

  private static DrilledService found(Outcome<DrillReceipt> outcome) {
    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Found.class);
    return ((Outcome.Found<DrillReceipt>) outcome).receipt().services().getFirst();
  }

  /** Asks to stop when the first dump goes in. */
  private static final class CancelledAtFirstDump implements Progress {

    private volatile boolean begun;

    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void line(String text) {
      begun |= text.contains(".dump");
    }

    @Override
    public boolean cancelled() {
      return begun;
    }
  }
}
