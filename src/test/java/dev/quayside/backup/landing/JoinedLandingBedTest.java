package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.StepBoundary;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that lives in the network of a service that is stopped, and depends on another such one,
 * comes back after those.
 */
@Tag("bed")
class JoinedLandingBedTest {

  private static final String COMPOSE =
      """
      services:
        db:
          image: postgres:15
          network_mode: service:front
          depends_on: [keys]
          volumes: ["./data:/seen"]
          environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: made-up, POSTGRES_DB: app}
          healthcheck: {test: [CMD, pg_isready, -h, 127.0.0.1, -U, app], interval: 1s, retries: 60}
        keys:
          image: quayside-bed/plain:1
          volumes: ["./data:/data"]
          stop_grace_period: 1s
        front:
          image: quayside-bed/plain:1
          volumes: ["./data:/data"]
          stop_grace_period: 1s
      """;

  @TempDir Path folder;
  private BedStack stack;
  private String project;
  private Path data;
  private LandingBedWorld world;

  @BeforeEach
  void start() throws Exception {
    stack = Bed.required().stack(COMPOSE, folder);
    project = stack.directory().getFileName().toString();
    data = Files.createDirectory(stack.directory().resolve("data"));
    Files.writeString(data.resolve("file"), "saved");
    stack.compose("up", "-d", "--wait");
    world = new LandingBedWorld(folder.resolve("home"), StepBoundary.none());
    sql("create table t (x text); insert into t values ('saved')");
  }

  @AfterEach
  void stop() throws Exception {
    stack.close();
  }

  @Test
  void everybodyIsStartedAfterWhomItNeedsInBothDirections() throws Exception {
    Path archive = world.archive(project, folder.resolve("shelf"));
    Files.writeString(data.resolve("file"), "live");
    sql("update t set x = 'live'");

    world.killedAt(LandingStep.STARTED, project, archive);
    assertThat(value()).isEqualTo("saved");
    stack.compose("kill"); // the power went
    assertPutBack();

    world.killedAt(LandingStep.STOPPED, project, archive);
    String session = new LandingRecords(world.home).all().getFirst().databases().getFirst().fresh();
    String sleeping = "dbname=postgres application_name=" + session;
    stack.compose(
        "exec", "-d", "db", "psql", "-U", "app", "-d", sleeping, "-c", "select pg_sleep(600)");
    assertPutBack();
    assertThat(sql("select count(*) from pg_stat_activity where query like '%pg_sleep(600)'"))
        .as("it could have renamed something now")
        .isEqualTo("0");
  }

  private void assertPutBack() throws Exception {
    assertThat(new LandingRecovery(world.parts).sweep())
        .singleElement()
        .satisfies(told -> {
          assertThat(told.fate()).isEqualTo(LandingRecovery.Fate.PUT_BACK);
          assertThat(told.problem()).isNull();
        });
    assertState("live");
  }

  private void assertState(String expected) throws Exception {
    assertThat(data.resolve("file")).hasContent(expected);
    assertThat(value()).isEqualTo(expected);
    assertThat(
            stack
                .compose("ps", "--format", "{{.Service}} {{.Health}}")
                .lines()
                .map(String::strip)
                .sorted())
        .containsExactly("db healthy", "front", "keys");
  }

  private String value() throws Exception {
    return sql("select x from t");
  }

  private String sql(String text) throws Exception {
    return stack
        .compose("exec", "-T", "db", "psql", "-U", "app", "-d", "app", "-Atqc", text)
        .strip();
  }
}
