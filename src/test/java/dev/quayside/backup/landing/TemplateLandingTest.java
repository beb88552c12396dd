package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupScope;
import dev.quayside.backup.LocalPostgres;
import dev.quayside.common.Home;
import dev.quayside.engine.ContainerId;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server of this machine exchanges databases; the stock PostGIS has a template. */
class TemplateLandingTest {

  private static final BackupScope.Postgres SERVER =
      new BackupScope.Postgres("db", new ContainerId("0".repeat(64)), "postgres", "postgres");

  private final LandingRecord.DatabaseSwap swap =
      LandingRecord.DatabaseSwap.of(
          "databases/db/template_postgis.dump", "db", "template_postgis", "0123abcd0123abcd", 1);

  @TempDir private Path folder;
  private LocalPostgres postgres;
  private JournaledEngine engine;
  private Intent intent;
  private Path dump;

  @BeforeEach
  void startServer() throws Exception {
    Home home =
        new Home(
            folder.resolve("home/config"),
            folder.resolve("home/state"),
            folder.resolve("home/cache"));
    home.create();
    intent =
        Journal.open(home, InstantSource.fixed(Instant.EPOCH)).begin("restore", "demo", Map.of());
    postgres = new LocalPostgres();
    engine = new JournaledEngine(postgres.control(_ -> {}));
    postgres.sql("postgres", "create database template_postgis");
    postgres.sql("template_postgis", "create table saved(id int)");
    dump = folder.resolve("dump");
    postgres.tool("pg_dump", "-Fc", "-f", dump.toString(), "template_postgis");
    postgres.sql("template_postgis", "alter table saved rename to lived");
  }

  @AfterEach
  void stopServer() throws Exception {
    postgres.close();
  }

  @Test
  void aTemplateStaysOneAndItsOldDatabaseCanBeDropped() throws Exception {
    postgres.sql("postgres", "alter database template_postgis is_template true");
    landing().load(swap, dump);
    landing().forward(swap);
    assertThat(table()).isEqualTo("saved");
    assertThat(databases()).contains("template_postgis true", swap.kept() + " true");

    landing().removeKept(swap);
    landing().removeKept(swap); // after a halt once more
    assertThat(databases()).doesNotContain("quayside").contains("template_postgis true");
  }

  @Test
  void aTemplateIsOneAgainAfterTheRestoreIsUndone() throws Exception {
    postgres.sql("postgres", "alter database template_postgis is_template true");
    landing().load(swap, dump);
    landing().forward(swap);

    assertThat(landing().back(swap)).isTrue();
    landing().clear(swap);
    assertThat(table()).isEqualTo("lived");
    assertThat(databases()).doesNotContain("quayside").contains("template_postgis true");
  }

  @Test
  void aDatabaseThatIsNoneBecomesNone() throws Exception {
    landing().load(swap, dump);
    landing().forward(swap);
    landing().removeKept(swap);
    assertThat(table()).isEqualTo("saved");
    assertThat(databases()).doesNotContain("quayside").contains("template_postgis false");
  }

  private DatabaseLanding landing() throws Exception {
    return DatabaseLanding.on(engine, intent, SERVER, swap);
  }

  private String table() throws Exception {
    return postgres.sql(
        "template_postgis", "select relname from pg_class where relname in ('saved', 'lived')");
  }

  private String databases() throws Exception {
    return postgres.sql(
        "postgres", "select datname || ' ' || datistemplate::text from pg_database order by 1");
  }
}
