package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quayside.backup.landing.ServiceAnswer.Kind;
import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services of a real stack are asked after a restore, and what they say is told as it is. */
@Tag("bed")
class AnswersBedTest {

  @TempDir private Path folder;
  private final Bed bed = Bed.required();

  @Test
  void aPasswordOfAnotherTimeAndAServiceThatEndedAreTold() throws Exception {
    try (BedStack fixture = bed.fixture("a", Files.createDirectory(folder.resolve("a")))) {
      fixture.compose("up", "-d", "--no-deps", "postgres", "router");
      String project =
          bed.docker(
                  "inspect",
                  "-f",
                  "{{index .Config.Labels \"com.docker.compose.project\"}}",
                  fixture.containers().getFirst())
              .strip();
      LandingBedWorld world = new LandingBedWorld(folder.resolve("home"), StepBoundary.none());
      LandingParts parts = adopted(world, project);
      Bed.await("the server answers", Duration.ofSeconds(60), () -> sql("select 1"));

      assertThat(kinds(parts, project))
          .containsExactly(tuple("postgres", Kind.ANSWERS), tuple("router", Kind.ANSWERS));

      assertThat(sql("alter role current_user password 'of another time'")).isTrue();
      fixture.compose("stop", "-t", "1", "router");

      assertThat(kinds(parts, project))
          .containsExactly(tuple("postgres", Kind.KEY_REFUSED), tuple("router", Kind.SILENT));
    }
  }

  private boolean sql(String query) throws Exception {
    try {
      bed.docker(
          "exec",
          "postgres",
          "sh",
          "-c",
          "psql -qX -h 127.0.0.1 -U $POSTGRES_USER -d $POSTGRES_DB -c \"$0\"",
          query);
      return true;
    } catch (AssertionError notYet) {
      return false;
    }
  }

  private static List<org.assertj.core.groups.Tuple> kinds(LandingParts parts, String project) {
    LandingRecord record =
        new LandingRecord(
            "1",
            project,
            "/archive",
            Instant.EPOCH,
            LandingRecord.Phase.LANDED,
            "1",
            "file:///dumps",
            List.of(),
            List.of(),
            List.of(),
            List.of("router"),
            List.of("postgres"),
            null);
    List<ServiceAnswer> answers = new Answers(parts).of(record, Progress.none());
    return answers.stream().map(one -> tuple(one.service(), one.kind())).toList();
  }

  /** Adopted: half of its services alone would not tell what it is. */
  private static LandingParts adopted(LandingBedWorld world, String project) {
    LandingParts parts = world.parts;
    return new LandingParts(
        parts.engines(),
        parts.control(),
        parts.lifecycle(),
        parts.probes(),
        name -> {
          Stack seen = parts.stacks().find(name);
          return new Stack(
              seen.name(), "llm-infrastructure", "", seen.invocation(), seen.services());
        },
        parts.journal(),
        parts.home(),
        parts.time(),
        parts.steps(),
        Duration.ofSeconds(5));
  }
}
