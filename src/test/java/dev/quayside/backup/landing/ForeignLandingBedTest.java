package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.Unlocking;
import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.pgp.Gnupg;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dumps that the server's own {@code pg_dump} made and the stock {@code gpg} encrypted take the
 * place of a real database; hostile ones reach nothing.
 */
@Tag("bed")
class ForeignLandingBedTest {

  private static final String COMPOSE =
      """
      services:
        db:
          image: postgres:15
          tmpfs: ["/var/lib/postgresql/data:size=700m"]
          environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: made-up, POSTGRES_DB: app}
          healthcheck: {test: [CMD, pg_isready, -h, 127.0.0.1, -U, app], interval: 1s, retries: 60}
        web:
          image: quayside-bed/plain:1
          depends_on: [db]
          stop_grace_period: 1s
      """;

  private static final String SCHEMA =
      """
      create role owner_of_n8n login;
      create database n8n owner owner_of_n8n;
      create role reader;
      """;

  private static final String CONTENT =
      """
      set role owner_of_n8n;
      create table t (x text primary key, "odd ""name" int[]);
      insert into t values ('saved', '{1,2}'), (E'back\\\\slash\\ttab ''quote\\n\\\\.', null);
      create function f() returns trigger language plpgsql as
        $$ begin new.x = new.x || '\\!'; return new; end $$;
      create trigger tr before update on t for each row execute function f();
      create view v as select x from t where x like 's%';
      grant select on t to reader;
      comment on table t is 'it''s; \\connect';
      select lo_from_bytea(4711, 'large');
      """;

  /**
   * Puts a psql in the place of the real one that answers to {@code restrict} as those before did.
   */
  private static final String OLD_PSQL =
      """
      real=$(command -v psql) && mv "$real" "$(dirname "$real")/psql.real" && cat > "$real" <<'END'
      #!/bin/sh
      for each; do
        case $each in
          *'\\restrict'*) echo 'psql: error: invalid command \\restrict' >&2; exit 1 ;;
        esac
      done
      exec "$(dirname "$0")/psql.real" "$@"
      END
      chmod 755 "$real"
      """;

  @TempDir Path folder;
  private Gnupg gpg;
  private BedStack stack;
  private String project;
  private LandingBedWorld world;

  @BeforeEach
  void start() throws Exception {
    gpg = new Gnupg();
    stack = Bed.required().stack(COMPOSE, folder);
    project = stack.directory().getFileName().toString();
    stack.compose("up", "-d", "--wait");
    world = new LandingBedWorld(folder.resolve("home"), StepBoundary.none());
    for (String each : SCHEMA.strip().split("\n")) {
      sql("app", each);
    }
    sql("n8n", CONTENT);
  }

  @AfterEach
  void stop() throws Exception {
    gpg.close();
    stack.close();
  }

  @Test
  void dumpsOfOthersTakeThePlaceOfADatabaseAndAreUndone() throws Exception {
    String before = state();
    Path plain = encrypted(inside("pg_dump", "-U", "app", "n8n"));
    Path packed = encrypted(gzip(inside("pg_dump", "-U", "app", "--inserts", "n8n")));
    inside("pg_dump", "-U", "app", "-Fc", "-f", "/tmp/custom", "n8n");
    stack.compose("cp", "db:/tmp/custom", folder.resolve("custom").toString());
    Path custom = encrypted(Files.readAllBytes(folder.resolve("custom")));
    assertPlanned(plain);
    for (Path file : List.of(plain, packed, custom)) {
      sql("n8n", "delete from t; drop view v");

      assertThat(land(file, true)).isInstanceOf(Outcome.Done.class);

      assertThat(state()).isEqualTo(before);
      assertThat(sql("n8n", "select relowner::regrole from pg_class where relname in ('t', 'v')"))
          .isEqualTo("owner_of_n8n\nowner_of_n8n");
      assertThat(sql("n8n", "select pg_get_userbyid(datdba) from pg_database where datname='n8n'"))
          .isEqualTo("owner_of_n8n");
      assertNoRoleIsLeft();
      if (file.equals(custom)) {
        assertThat(new StackRestore(world.parts).undo(project)).isInstanceOf(Outcome.Done.class);
        assertThat(sql("n8n", "select count(*) from t")).isEqualTo("0");
      } else {
        assertThat(new StackRestore(world.parts).accept(project)).isInstanceOf(Outcome.Done.class);
        assertThat(state()).isEqualTo(before);
      }
      assertOnlyOneSet();
    }
  }

  private void assertPlanned(Path file) throws Exception {
    assertThat(new StackDatabases(world.parts).of(world.stack(project)))
        .extracting(StackDatabases.Held::service, StackDatabases.Held::name)
        .containsExactly(tuple("db", "app"), tuple("db", "n8n"), tuple("db", "postgres"));
    ForeignLanding landing = landing(file, false, false);
    Outcome<ForeignReport> read =
        new ForeignArchives(
                world.parts.home(), world.parts.journal(), world.parts.time(), StepBoundary.none())
            .survey(file, landing.unlocking(), Progress.none());
    assertThat(read).isInstanceOf(Outcome.Done.class);
    ForeignReport report = ((Outcome.Done<ForeignReport>) read).receipt();
    assertThat(new StackRestore(world.parts).plan(landing, report))
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done -> {
              LandingPlan plan = (LandingPlan) done.receipt();
              assertThat(plan.databases())
                  .extracting(LandingPlan.Database::service, LandingPlan.Database::name)
                  .containsExactly(tuple("db", "n8n"));
              assertThat(plan.consumers()).containsExactly("web");
              assertThat(plan.servers()).isEmpty();
            });
    assertThat(new StackRestore(world.parts).pending(project)).isNull();
  }

  @Test
  void whatReachesFurtherIsRefusedAndChangesNothing() throws Exception {
    sql("app", "create table victim (x int)");
    String before = state();
    String all = new String(inside("pg_dumpall", "-U", "app"), StandardCharsets.UTF_8);
    String create = new String(inside("pg_dump", "-U", "app", "-C", "n8n"), StandardCharsets.UTF_8);

    refused(land(encrypted("select 1;\n"), false), "LANDING-FOREIGN");
    refused(land(encrypted(all), true), "FOREIGN-SQL-SERVER");
    refused(land(encrypted(create), true), "FOREIGN-SQL-OTHER-DATABASE");
    refused(land(encrypted("\\! touch /tmp/evil\n"), true), "FOREIGN-SQL-COMMAND");
    refused(land(encrypted("\\connect app\ndrop table victim;\n"), true), "FOREIGN-SQL-COMMAND");
    refused(land(encrypted("copy t from program 'touch /tmp/evil';\n"), true), "FOREIGN-SQL-COPY");

    // What no reading finds, the server itself denies to the role.
    for (String evil :
        List.of(
            "copy pg_temp.x from program ''touch /tmp/evil''",
            "alter role app nosuperuser",
            "set role app",
            "select pg_read_file(''/etc/passwd'')")) {
      Outcome<LandingReceipt> outcome =
          land(
              encrypted(
                  "create temp table x (y text);\n"
                      + "do $x$ begin execute '"
                      + evil
                      + "'; end $x$;\n"),
              true);
      assertThat(outcome).as(evil).isInstanceOf(Outcome.Failed.class);
      assertThat(((Outcome.Failed<LandingReceipt>) outcome).problem().code())
          .as(evil)
          .isEqualTo("LANDING-DATABASE-FAILED");
    }
    assertThat(stack.compose("exec", "-T", "db", "ls", "/tmp")).doesNotContain("evil");
    assertThat(sql("app", "select count(*) from victim")).isEqualTo("0");
    assertThat(state()).isEqualTo(before);
    assertOnlyOneSet();
    assertNoRoleIsLeft();
  }

  @Test
  void functionsWithTheOwnersRightsAndAnOldPsqlAreRefused() throws Exception {
    String before = state();
    String definer =
        "create function public.d() returns int language sql security definer as 'select 1'";
    // What the dump sets for its database must not hide the function.
    String hiding =
        "do $x$ begin execute 'alter database ' || quote_ident(current_database())"
            + " || ' set search_path = public, pg_catalog'; end $x$;\n"
            + "create table public.pg_proc (oid oid, prosecdef bool, proowner oid);\n";
    refused(land(encrypted(definer + ";\n" + hiding), true), "LANDING-DEFINER");
    assertThat(state()).isEqualTo(before);
    sql("n8n", definer);
    inside("pg_dump", "-U", "app", "-Fc", "-f", "/tmp/definer", "n8n");
    stack.compose("cp", "db:/tmp/definer", folder.resolve("definer").toString());
    Path custom = encrypted(Files.readAllBytes(folder.resolve("definer")));
    refused(land(custom, true), "LANDING-DEFINER");
    assertThat(state()).isEqualTo(before);
    assertThat(new StackRestore(world.parts).run(landing(custom, true, true), Progress.none()))
        .isInstanceOf(Outcome.Done.class);
    assertThat(new StackRestore(world.parts).undo(project)).isInstanceOf(Outcome.Done.class);
    assertThat(state()).isEqualTo(before);

    sql("app", "alter database n8n owner to app");
    Path plain = encrypted(inside("pg_dump", "-U", "app", "n8n"));
    sql("n8n", "drop function public.d()");
    refused(
        land(encrypted("create function g() returns int language sql as 'select 1';"), true),
        "LANDING-FUNCTIONS");
    refused(land(plain, true), "LANDING-DEFINER");
    sql("app", "alter database n8n owner to owner_of_n8n");
    assertThat(state()).isEqualTo(before);
    assertOnlyOneSet();
    assertNoRoleIsLeft();

    inside("sh", "-c", OLD_PSQL);
    refused(land(encrypted("select 1;\n"), true), "LANDING-OLD-PSQL");
    assertThat(state()).isEqualTo(before);
    assertOnlyOneSet();
    assertNoRoleIsLeft();
  }

  @Test
  void aDumpThatExpandsLeavesRoomForTheOtherDatabases() throws Exception {
    String before = state();
    String bomb =
        "create table b (x text);\n"
            + "alter table b alter x set storage external;\n"
            // Counting slows it down to what a disk takes: this one is memory.
            + "insert into b select repeat('x', 1000000) || (select count(*) from"
            + " generate_series(1, 200000 + g % 2)) from generate_series(1, 100000) g;\n";
    assertThat(land(encrypted(bomb), true))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("LANDING-SERVER-FULL"));
    sql("app", "create table room (x int); insert into room values (1); drop table room");
    assertThat(state()).isEqualTo(before);
    assertOnlyOneSet();
    assertNoRoleIsLeft();
  }

  private static void refused(Outcome<LandingReceipt> outcome, String code) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused<LandingReceipt>) outcome).problem().code()).isEqualTo(code);
  }

  private Outcome<LandingReceipt> land(Path file, boolean unknownOrigin) throws Exception {
    return new StackRestore(world.parts).run(landing(file, unknownOrigin, false), Progress.none());
  }

  private ForeignLanding landing(Path file, boolean unknownOrigin, boolean functions)
      throws Exception {
    return new ForeignLanding(
        file,
        Unlocking.passphrase(_ -> Secret.owning("open".toCharArray())),
        world.stack(project),
        "db",
        "n8n",
        unknownOrigin,
        functions);
  }

  private String state() throws Exception {
    return sql(
        "n8n",
        "select * from t order by x; select * from v; select obj_description('t'::regclass);"
            + " select prosrc from pg_proc where proname = 'f';"
            + " select tgname from pg_trigger where not tgisinternal;"
            + " select convert_from(lo_get(4711), 'UTF8')");
  }

  private void assertNoRoleIsLeft() throws Exception {
    assertThat(sql("app", "select count(*) from pg_roles where rolname like 'quayside%'"))
        .isEqualTo("0");
    assertThat(sql("app", "select rolsuper from pg_roles where rolname = 'app'")).isEqualTo("t");
  }

  private void assertOnlyOneSet() throws Exception {
    assertThat(sql("app", "select count(*) from pg_database where datname like 'quayside%'"))
        .isEqualTo("0");
    assertThat(new LandingRecords(world.home).all()).isEmpty();
    assertThat(world.home.state().resolve("backup/landings"))
        .isDirectoryNotContaining(path -> path.toString().endsWith(".dumps"));
  }

  private String sql(String database, String text) throws Exception {
    return stack
        .compose(
            "exec",
            "-T",
            "db",
            "psql",
            "-U",
            "app",
            "-d",
            database,
            "-v",
            "ON_ERROR_STOP=1",
            "-Atqc",
            text)
        .strip();
  }

  private byte[] inside(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of("exec", "-T", "db"));
    words.addAll(List.of(command));
    return stack.compose(words.toArray(String[]::new)).getBytes(StandardCharsets.UTF_8);
  }

  private Path encrypted(String text) throws Exception {
    return encrypted(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path encrypted(byte[] plain) throws Exception {
    byte[] message =
        gpg.succeed(
            plain, "--s2k-count", "65536", "--passphrase-file", gpg.passphraseFile("open"), "-c");
    return Files.write(Files.createTempFile(folder, "dump", ".gpg"), message);
  }

  private static byte[] gzip(byte[] plain) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
