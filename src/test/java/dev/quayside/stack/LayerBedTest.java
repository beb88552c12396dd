package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.StepBoundary;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.ServiceResult.Reached;
import dev.quayside.stack.layer.LayerRecovery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data in a writable layer survives where the catalogue names it, and is never lost elsewhere. */
@Tag("bed")
class LayerBedTest {

  @TempDir Path folder;
  private Bed bed;
  private LayerStack stack;
  private LayerWorld world;

  @BeforeEach
  void start() throws Exception {
    bed = Bed.required();
    stack = new LayerStack(bed, folder);
    world = new LayerWorld(folder.resolve("home"), StepBoundary.none(), bed.environment());
  }

  @AfterEach
  void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void catalogedDataSurvivesARecreateWithOwnerModeAndTime() throws Exception {
    String before = stack.id();
    String data = stack.data();
    assertThat(data).contains("1000:1001 600 1614834367", "Übersicht");

    assertThat(states(done(world.run(Action.RECREATE, stack.project, "librechat"))))
        .containsExactly("librechat RUNNING");

    assertThat(stack.id()).isNotEqualTo(before).hasSize(64);
    assertThat(stack.data()).isEqualTo(data);
    assertNoCopyIsLeft();
  }

  @Test
  void unknownDataIsRefusedWithTheListAlsoBesideCataloguedData() throws Exception {
    stack.inside("mkdir -p /srv/own; echo 1 >/srv/own/data.db");
    String before = stack.id();

    Outcome<LifecycleReceipt> outcome = world.run(Action.RECREATE, stack.project, "librechat");

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    Problem problem = ((Outcome.Refused<LifecycleReceipt>) outcome).problem();
    assertThat(problem.code()).isEqualTo("LAYER-DATA");
    assertThat(problem.happened())
        .contains("librechat: /srv/own/data.db")
        .doesNotContain("/app/uploads");
    assertThat(stack.id()).isEqualTo(before);
    assertThat(stack.state()).isEqualTo("running");
  }

  @Test
  void aContainerThatDidNotRunStaysStoppedAndKeepsItsData() throws Exception {
    String data = stack.data();
    String before = stack.id();
    bed.docker("stop", before);

    LifecycleReceipt receipt = done(world.run(Action.RECREATE, stack.project, "librechat"));

    assertThat(receipt.services().getFirst().state()).isEqualTo(Reached.STOPPED);
    assertThat(stack.id()).isNotEqualTo(before);
    assertThat(stack.state()).isEqualTo("created");
    bed.docker("start", stack.id());
    assertThat(stack.data()).isEqualTo(data);
  }

  @Test
  void upMakesAChangedServiceAnewWithItsDataAndAnUnchangedOneNot() throws Exception {
    String before = stack.id();
    String data = stack.data();
    done(world.run(Action.UP, stack.project, "librechat"));
    assertThat(stack.id()).as("nothing differs").isEqualTo(before);

    stack.change("SETTING=1", "SETTING=2");
    done(world.run(Action.UP, stack.project));

    assertThat(stack.id()).isNotEqualTo(before);
    assertThat(stack.setting()).contains("SETTING=2");
    assertThat(stack.data()).isEqualTo(data);
    assertNoCopyIsLeft();
  }

  @Test
  void whenComposeFailsEverythingRunsAgainWithItsData() throws Exception {
    String before = stack.id();
    String data = stack.data();
    stack.change("stop_grace_period: 1s", "networks: [elsewhere]");
    stack.change("services:", "networks: {elsewhere: {external: true, name: nowhere}}\nservices:");
    List<String> all = stack.states();

    Outcome<LifecycleReceipt> outcome = world.run(Action.RECREATE, stack.project);

    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    assertThat(((Outcome.Attention<LifecycleReceipt>) outcome).problem().code())
        .isEqualTo("COMPOSE-FAILED");
    assertThat(stack.id()).isEqualTo(before);
    assertThat(stack.states()).as("the others run too").isEqualTo(all);
    assertThat(stack.data()).isEqualTo(data);
    assertNoCopyIsLeft();
  }

  @Test
  void aRootThatIsToBeReadOnlyIsRefusedBeforeAnythingIsStopped() throws Exception {
    String before = stack.id();
    stack.change("stop_grace_period: 1s", "read_only: true");

    Outcome<LifecycleReceipt> outcome = world.run(Action.RECREATE, stack.project, "librechat");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            one -> assertThat(one.problem().code()).isEqualTo("LAYER-READ-ONLY"));
    assertThat(stack.id()).isEqualTo(before);
    assertThat(stack.state()).isEqualTo("running");
  }

  @Test
  void upRefusesWithTheListWhatItWouldLoseAndDoesNotQuietlyDoLess() throws Exception {
    String before = stack.id();
    stack.inside("mkdir -p /srv/own; echo 1 >/srv/own/data.db");
    stack.change("SETTING=1", "SETTING=2");

    Outcome<LifecycleReceipt> outcome = world.run(Action.UP, stack.project);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            one -> assertThat(one.problem().happened()).contains("librechat: /srv/own/data.db"));
    assertThat(stack.id()).isEqualTo(before);
  }

  @Test
  void whatAVolumeNowCoversIsPutAsideAndNotLost() throws Exception {
    stack.change("stop_grace_period: 1s", "volumes: [\"./uploads:/app/uploads\"]");

    Outcome<LifecycleReceipt> outcome = world.run(Action.RECREATE, stack.project, "librechat");

    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    Problem problem = ((Outcome.Attention<LifecycleReceipt>) outcome).problem();
    assertThat(problem.code()).isEqualTo("LAYER-LEFT");
    assertThat(stack.state()).isEqualTo("running");
    assertThat(stack.inside("ls /app/uploads; cat /app/client/public/images/avatar.png"))
        .isEqualTo("x");
    try (Stream<Path> left = Files.list(world.home.state().resolve("layers-left"))) {
      Path copy = left.findFirst().orElseThrow();
      assertThat(problem.happened()).contains(copy.toString());
      assertThat(Files.readString(copy, StandardCharsets.ISO_8859_1)).contains("secret-upload");
      assertThat(Files.getPosixFilePermissions(copy)).hasSize(2);
    }
  }

  private void assertNoCopyIsLeft() throws Exception {
    assertThat(world.recover()).extracting(LayerRecovery::ended).isEmpty();
    try (Stream<Path> all = Files.walk(world.home.state())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain("secret-upload");
      }
    }
  }

  private static LifecycleReceipt done(Outcome<LifecycleReceipt> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<LifecycleReceipt>) outcome).receipt();
  }

  private static List<String> states(LifecycleReceipt receipt) {
    return receipt.services().stream().map(one -> one.service() + " " + one.state()).toList();
  }
}
