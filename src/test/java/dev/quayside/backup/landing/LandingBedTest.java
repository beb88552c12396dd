package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Outcome;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real database and a real folder change places together, or not at all. */
@Tag("bed")
class LandingBedTest {

  private static final String COMPOSE =
      """
      services:
        db:
          image: postgres:15
          environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: made-up, POSTGRES_DB: app}
          healthcheck: {test: [CMD, pg_isready, -h, 127.0.0.1, -U, app], interval: 1s, retries: 60}
        web:
          image: quayside-bed/plain:1
          volumes: ["./data:/data", "things:/things"]
          depends_on: [db]
          stop_grace_period: 1s
          healthcheck: {test: [CMD, test, "!", -e, /data/broken], interval: 1s, retries: 2}
        late:
          image: quayside-bed/plain:1
          profiles: [late]
          volumes: ["things:/things"]
          stop_grace_period: 1s
      volumes:
        things: {}
      """;

  @TempDir Path folder;
  private BedStack stack;
  private String project;
  private Path data;
  private LandingBedWorld world;
  private final Map<String, String> volumes = new HashMap<>();

  @BeforeEach
  void start() throws Exception {
    stack = Bed.required().stack(COMPOSE, folder);
    project = stack.directory().getFileName().toString();
    data = Files.createDirectory(stack.directory().resolve("data"));
    Files.writeString(data.resolve("file"), "saved");
    stack.compose("up", "-d", "--wait");
    inVolume(
        """
        mkdir -p sub/.deep; echo saved > sub/.deep/file; echo saved > .hidden; echo saved > '..odd'
        ln -s sub link; ln .hidden twin; echo spaced > 'a name  with'
        chown -R 999:998 sub; chmod 2750 sub; chmod 4755 'a name  with'; chmod 1777 .
        """);
    world = new LandingBedWorld(folder.resolve("home"), StepBoundary.none());
    sql("create table t (x text); insert into t values ('saved')");
    volumes.put("saved", volume());
  }

  @AfterEach
  void stop() throws Exception {
    stack.close();
  }

  @Test
  void restoresUndoesAndAccepts() throws Exception {
    Path archive = world.archive(project, folder.resolve("shelf"));
    makeLive();

    assertThat(answers(world.land(project, archive))).containsEntry("db", HEALTHY);
    assertState("saved");
    assertThat(world.heldBy(world.archive(project, folder.resolve("meanwhile"))))
        .as("what is kept until the restore is accepted is no part of the stack")
        .contains("db/app")
        .noneMatch(source -> source.contains("quayside_"));
    assertThat(inside()).isEqualTo("saved");

    assertThat(answers(new StackRestore(world.parts).undo(project))).containsEntry("web", HEALTHY);
    assertState("live");
    assertThat(inside()).isEqualTo("live");
    assertOnlyOneSet();

    killedAt(LandingStep.MOUNT_ASIDE, archive);
    assertThat(value()).as("the kill left a mix").isEqualTo("saved");
    assertThat(new LandingRecovery(world.parts).sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.PUT_BACK);
    assertState("live");
    assertOnlyOneSet();

    undoIsCarriedOnAfter(LandingStep.MOUNT_BACK, archive);

    assertThat(world.land(project, archive)).isInstanceOf(Outcome.Done.class);
    inVolume("cd .quayside-before-*; mv complete gone");
    assertThat(new StackRestore(world.parts).undo(project)).isInstanceOf(Outcome.Refused.class);
    assertThat(new StackRestore(world.parts).accept(project)).isInstanceOf(Outcome.Refused.class);
    assertState("saved");
    inVolume("cd .quayside-before-*; mv gone complete");
    acceptsNothingAroundADisk();
    assertThat(new StackRestore(world.parts).accept(project)).isInstanceOf(Outcome.Done.class);
    assertState("saved");
    assertOnlyOneSet();
  }

  @Test
  void tellsWhatIsDoubtfulStopsWhatWasStartedAndPutsBackWhatFails() throws Exception {
    Path archive = world.archive(project, folder.resolve("shelf"));
    makeLive();

    Path doubtful = world.doubtful(project, folder.resolve("doubtful"));
    assertThat(world.land(project, doubtful))
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            told -> assertThat(told.problem().code()).isEqualTo("LANDING-UNSURE"));
    stack.compose("kill", "web");
    assertThat(new StackRestore(world.parts).undo(project)).isInstanceOf(Outcome.Done.class);
    assertState("live");

    stack.compose("stop", "web");
    assertThat(world.land(project, archive)).isInstanceOf(Outcome.Done.class);
    stack.compose("start", "web");
    assertThat(inside()).isEqualTo("saved");
    assertThat(new StackRestore(world.parts).undo(project)).isInstanceOf(Outcome.Done.class);
    assertState("live");
    assertThat(inside()).as("what was started meanwhile was stopped, too").isEqualTo("live");

    killedAt(LandingStep.MOUNT_ASIDE, archive);
    stack.compose("--profile", "late", "up", "-d", "late");
    assertThat(new LandingRecovery(world.parts).sweep())
        .as("somebody started a service that did not run before")
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.PUT_BACK);
    stack.compose("--profile", "late", "rm", "-sf", "late");
    assertState("live");
    assertOnlyOneSet();

    Files.writeString(data.resolve("broken"), "");
    Path bad = world.archive(project, folder.resolve("bad"));
    Files.delete(data.resolve("broken"));
    makeLive();
    Outcome<LandingReceipt> outcome = world.land(project, bad);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed<LandingReceipt>) outcome).problem().code())
        .isEqualTo("LANDING-PUT-BACK");
    assertState("live");
    assertOnlyOneSet();
    assertThat(Files.exists(data.resolve("broken"))).isFalse();

    Files.writeString(data.resolve("broken"), "ill before");
    outcome = world.land(project, bad);
    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    assertThat(((Outcome.Attention<LandingReceipt>) outcome).problem().code())
        .isEqualTo("LANDING-NOT-READY");
    assertThat(data.resolve("broken")).hasContent("ill before");
    assertThat(value()).isEqualTo("live");
    assertOnlyOneSet();
  }

  @Test
  void acceptsWithoutAServerOnlyIfItsServiceIsGoneForGood() throws Exception {
    assertThat(world.land(project, world.archive(project, folder.resolve("shelf"))))
        .isInstanceOf(Outcome.Done.class);

    stack.compose("stop", "db");
    assertThat(new StackRestore(world.parts).accept(project))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            no -> assertThat(no.problem().code()).isEqualTo("LANDING-ACCEPT-AWAY"));
    assertThat(inVolume("ls -a")).as("nothing was removed").contains(".quayside-before-");
    stack.compose("rm", "-fv", "db");
    assertThat(new StackRestore(world.parts).accept(project))
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            told -> {
              assertThat(told.problem().code()).isEqualTo("LANDING-DATABASE-LEFT");
              assertThat(told.problem().happened()).contains("db/quayside_before");
            });
    assertThat(inVolume("ls -a")).doesNotContain("quayside");
    assertThat(new LandingRecords(world.home).all()).isEmpty();
  }

  /** What is kept must not be removed with the disk that somebody mounted deep inside of it. */
  private void acceptsNothingAroundADisk() throws Exception {
    Path place;
    try (Engine engine = world.parts.engines().connect()) {
      place = Path.of(engine.volumeFolders().get(project + "_things").iterator().next());
    }
    Path sub;
    try (var all = Files.walk(place)) {
      sub = all.filter(one -> one.endsWith("data/sub")).findFirst().orElseThrow();
    }
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(photos.resolve("one"), "one");
    Path inside = Files.createDirectory(sub.resolve("photos"));
    host("mount", "--bind", photos.toString(), inside.toString());
    try {
      assertThat(new StackRestore(world.parts).accept(project)).isNotInstanceOf(Outcome.Done.class);
      assertThat(new StackRestore(world.parts).undo(project)).isNotInstanceOf(Outcome.Done.class);
      assertThat(photos.resolve("one")).hasContent("one");
      assertThat(inVolume("ls -a")).as("nothing was removed").contains(".quayside-before-");
    } finally {
      host("umount", inside.toString());
    }
    assertState("saved");
  }

  private static void host(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
  }

  private void undoIsCarriedOnAfter(LandingStep step, Path archive) throws Exception {
    assertThat(world.land(project, archive)).isInstanceOf(Outcome.Done.class);
    killedAt(step, Path.of("undo"));
    assertThat(new LandingRecovery(world.parts).sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.PUT_BACK);
    assertState("live");
    assertOnlyOneSet();
  }

  private static final ServiceAnswer.Kind HEALTHY = ServiceAnswer.Kind.HEALTHY;

  private static Map<String, ServiceAnswer.Kind> answers(Outcome<LandingReceipt> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<LandingReceipt>) outcome)
        .receipt().answers().stream()
            .collect(Collectors.toMap(ServiceAnswer::service, ServiceAnswer::kind));
  }

  @Test
  @Tag("full")
  @Tag("full-backup-landing")
  void aKillAtAnyStepNeverLeavesAMix() throws Exception {
    Path archive = world.archive(project, folder.resolve("shelf"));
    makeLive();
    for (LandingStep step : LandingStep.values()) {
      if (step.compareTo(LandingStep.LANDED) < 0) {
        killedAt(step, archive);
        new LandingRecovery(world.parts).sweep();
        assertState("live");
        assertOnlyOneSet();
      }
    }
    for (LandingStep step :
        List.of(
            LandingStep.UNDO_RECORDED,
            LandingStep.MOUNT_WITHDRAWN,
            LandingStep.MOUNT_BACK,
            LandingStep.PUT_BACK,
            LandingStep.UNDONE)) {
      undoIsCarriedOnAfter(step, archive);
    }
    assertThat(world.land(project, archive)).isInstanceOf(Outcome.Done.class);
    killedAt(LandingStep.UNDO_RECORDED, Path.of("undo"));
    inVolume("rm -rf .quayside-before-*");
    assertThat(new LandingRecovery(world.parts).sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.LOST);
    assertThat(data.resolve("file")).hasContent("live");
    assertThat(inVolume("cat .hidden")).as("what the restore put there").contains("saved");
    assertOnlyOneSet();

    makeLive();
    assertThat(world.land(project, archive)).isInstanceOf(Outcome.Done.class);
    killedAt(LandingStep.UNDO_RECORDED, Path.of("undo"));
    sql("drop database \"" + kept() + "\"");
    assertThat(new LandingRecovery(world.parts).sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.LOST);
    assertThat(value()).as("what the restore put there").isEqualTo("saved");
    assertThat(data.resolve("file")).hasContent("live");
    assertOnlyOneSet();
  }

  /** Returns the kept database that holds the table; the server's own is kept beside it. */
  private String kept() throws Exception {
    String all = sql("select datname from pg_database where datname like 'quayside_before%'");
    for (String name : all.lines().toList()) {
      if (in(name, "select count(*) from pg_class where relname = 't'").equals("1")) {
        return name;
      }
    }
    throw new AssertionError(all);
  }

  private String inVolume(String script) throws Exception {
    return stack.compose("exec", "-T", "-u", "0", "web", "sh", "-ec", "cd /things\n" + script);
  }

  /** Describes what the volume holds, with owners and modes. */
  private String volume() throws Exception {
    return inVolume(
        """
        find . -type d -exec stat -c '%n %a %u:%g' {} \\; | sort
        find . ! -type d -exec stat -c '%n %a %u:%g %h %F' {} \\; | sort
        cat sub/.deep/file .hidden 'a name  with'; readlink link || true
        """);
  }

  private void makeLive() throws Exception {
    Files.writeString(data.resolve("file"), "live");
    inVolume(
        """
        echo live > sub/.deep/file; echo live > .hidden; rm -f link; echo live > only-live
        rm -rf ..odd; mkdir -p ..odd; chown 7:7 .; chmod 755 .
        """);
    volumes.put("live", volume());
    sql("update t set x = 'live'");
  }

  private void assertState(String expected) throws Exception {
    assertThat(data.resolve("file")).hasContent(expected);
    assertThat(value()).isEqualTo(expected);
    assertThat(volume().lines().filter(line -> !line.startsWith("./.quayside-before-")))
        .containsExactlyElementsOf(volumes.getOrDefault(expected, "?").lines().toList());
    assertThat(stack.compose("ps", "--format", "{{.Service}} {{.Health}}").lines().sorted())
        .containsExactly("db healthy", "web healthy");
  }

  private void assertOnlyOneSet() throws Exception {
    assertThat(sql("select count(*) from pg_database where datname like 'quayside%'"))
        .isEqualTo("0");
    try (var names = Files.list(stack.directory())) {
      assertThat(names.map(path -> path.getFileName().toString()).sorted())
          .containsExactly("data", "docker-compose.yml");
    }
    assertThat(inVolume("ls -a")).doesNotContain("quayside");
    assertThat(new LandingRecords(world.home).all()).isEmpty();
  }

  private String value() throws Exception {
    return sql("select x from t");
  }

  private String inside() throws Exception {
    return stack.compose("exec", "-T", "web", "cat", "/data/file").strip();
  }

  private String sql(String text) throws Exception {
    return in("app", text);
  }

  private String in(String database, String text) throws Exception {
    return stack
        .compose("exec", "-T", "db", "psql", "-U", "app", "-d", database, "-Atqc", text)
        .strip();
  }

  private void killedAt(LandingStep step, Path archive) throws Exception {
    world.killedAt(step, project, archive);
  }
}
