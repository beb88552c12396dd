package dev.quayside.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.JournalCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotates against a gateway that is rigged: the run must fail and everything must come back. */
@Tag("bed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotationPutBackTest {

  /**
   * The stand-in reads its rules from a file of the stack, so that a test can change them without a
   * new container.
   */
  private static final String RIGGED =
      """
      services:
        litellm:
          environment:
            - STANDIN=/rigged/kind.sh
          volumes:
            - %s:/rigged:ro
      """;

  /**
   * Accepts the key that the container was started with and one more that it was never told to
   * forget.
   */
  private static final String ACCEPTS_TWO =
      """
      . /standin/kind.sh
      eval "$(sed 's/^answer()/honest_answer()/' /standin/kind.sh)"
      answer() {
        if [ "$(bearer)" = "%s" ]; then reply 200 '{"object":"list","data":[]}'; else honest_answer; fi
      }
      """;

  @TempDir static Path folder;

  private Bed bed;
  private LitellmStack stack;
  private RotationProcess process;
  private Path home;
  private Path rules;

  @BeforeAll
  void start() throws Exception {
    bed = Bed.required();
    Path place = Files.createDirectory(folder.resolve("stack"));
    home = folder.resolve("home");
    process = new RotationProcess(bed, folder, home);
    rules = place.resolve("rigged/kind.sh");
    rig(". /standin/kind.sh\n");
    stack = new LitellmStack(bed, place, RIGGED.formatted(rules.getParent()));
    Bed.await(
        "the gateway answers", Duration.ofSeconds(30), () -> LitellmStack.ask(stack.key()) == 200);
  }

  @AfterAll
  void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  private void rig(String text) throws Exception {
    Files.createDirectories(rules.getParent());
    Files.writeString(rules, text);
  }

  @Test
  void aServiceThatKeepsTheOldKeyMakesTheRunFailAndEverythingComeBack() throws Exception {
    rig(ACCEPTS_TWO.formatted(stack.key()));
    byte[] file = Files.readAllBytes(stack.env);
    Map<String, String> others = others();
    RotationWorld world = new RotationWorld(home, StepBoundary.none(), Duration.ofSeconds(60));

    Problem problem = failed(world.rotate(LitellmStack.PROJECT, LitellmStack.KEY, Progress.none()));

    assertThat(problem.code()).isEqualTo("ROTATION-PUT-BACK");
    assertThat(problem.happened())
        .contains("The old value of LITELLM_KEY is not refused")
        .contains("200");
    assertThat(Files.readAllBytes(stack.env)).isEqualTo(file);
    assertThat(others()).isEqualTo(others);
    assertThat(LitellmStack.ask(stack.key())).isEqualTo(200);
    assertThat(world.journal.verify()).isInstanceOf(JournalCheck.Intact.class);
    assertThat(home.resolve("state/rotations")).isEmptyDirectory();
    assertThat(home.resolve("state/receipts")).doesNotExist();
  }

  static List<String> backSteps() {
    return RotationSteps.BACK;
  }

  @ParameterizedTest
  @MethodSource("backSteps")
  void aKillWhilePuttingBackStillEndsOld(String step) throws Exception {
    rig(ACCEPTS_TWO.formatted(stack.key()));
    byte[] file = Files.readAllBytes(stack.env);
    assertThat(process.rotate(true, step)).isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(process.recover(true, null)).isZero();

    assertThat(Files.readAllBytes(stack.env)).isEqualTo(file);
    Bed.await(
        "the old key works", Duration.ofSeconds(20), () -> LitellmStack.ask(stack.key()) == 200);
    assertThat(home.resolve("state/rotations")).isEmptyDirectory();
  }

  @Test
  void aKillDuringTheRecoveryItselfIsRecoveredToo() throws Exception {
    rig(". /standin/kind.sh\n");
    byte[] file = Files.readAllBytes(stack.env);
    assertThat(process.rotate(true, RotationSteps.RECREATED)).isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(process.recover(true, RotationSteps.BACK_FILE)).isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(process.recover(true, null)).isZero();

    assertThat(Files.readAllBytes(stack.env)).isEqualTo(file);
    Bed.await(
        "the old key works", Duration.ofSeconds(20), () -> LitellmStack.ask(stack.key()) == 200);
  }

  @Test
  void aServiceThatRefusesTheNewKeyMakesEverythingComeBack() throws Exception {
    rig("LITELLM_MASTER_KEY=" + stack.key() + "\n. /standin/kind.sh\n");
    byte[] file = Files.readAllBytes(stack.env);
    RotationWorld world = new RotationWorld(home, StepBoundary.none(), Duration.ofSeconds(60));

    Problem problem = failed(world.rotate(LitellmStack.PROJECT, LitellmStack.KEY, Progress.none()));

    assertThat(problem.happened())
        .contains("The new value of LITELLM_KEY is not accepted")
        .contains("400");
    assertThat(Files.readAllBytes(stack.env)).isEqualTo(file);
  }

  @Test
  void aServiceThatLetsEverybodyInIsReportedAsSuch() throws Exception {
    rig("LITELLM_MASTER_KEY=\n. /standin/kind.sh\n");
    byte[] file = Files.readAllBytes(stack.env);
    Map<String, String> before = stack.containers();
    RotationWorld world = new RotationWorld(home, StepBoundary.none(), Duration.ofSeconds(60));

    Outcome<RotationReceipt> outcome =
        world.rotate(LitellmStack.PROJECT, LitellmStack.KEY, Progress.none());

    assertThat(RotationBedTest.refused(outcome).code()).isEqualTo("SERVICE-OPEN");
    assertThat(Files.readAllBytes(stack.env)).isEqualTo(file);
    assertThat(stack.containers()).isEqualTo(before);
  }

  @Test
  void whatSomebodyElseWroteInTheMeantimeSurvivesPuttingBack() throws Exception {
    rig(". /standin/kind.sh\n");
    String key = stack.key();
    assertThat(process.rotate(true, RotationSteps.RECREATED)).isEqualTo(StepBoundary.HALT_STATUS);
    Files.writeString(stack.env, Files.readString(stack.env) + "# a remark\n");

    assertThat(process.recover(true, null)).isZero();

    assertThat(stack.key()).isEqualTo(key);
    assertThat(Files.readString(stack.env)).endsWith("# a remark\n");
    Bed.await("the old key works", Duration.ofSeconds(20), () -> LitellmStack.ask(key) == 200);
  }

  @Test
  void whatSomebodyWritesWhileItIsPreparedIsNotLost() throws Exception {
    rig(". /standin/kind.sh\n");
    String key = stack.key();
    Map<String, String> before = stack.containers();
    StepBoundary writing =
        step -> {
          if (step.equals(RotationSteps.RECORDED)) {
            try {
              Files.writeString(stack.env, Files.readString(stack.env) + "# meanwhile\n");
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        };
    RotationWorld world = new RotationWorld(home, writing, Duration.ofSeconds(60));

    Outcome<RotationReceipt> outcome =
        world.rotate(LitellmStack.PROJECT, LitellmStack.KEY, Progress.none());

    assertThat(RotationBedTest.refused(outcome).code()).isEqualTo("ENV-CHANGED");
    assertThat(stack.key()).isEqualTo(key);
    assertThat(Files.readString(stack.env)).endsWith("# meanwhile\n");
    assertThat(stack.containers()).isEqualTo(before);
    assertThat(home.resolve("state/rotations")).isEmptyDirectory();
  }

  private Map<String, String> others() throws Exception {
    Map<String, String> ids = stack.containers();
    ids.remove("dream-litellm");
    return ids;
  }

  private static Problem failed(Outcome<RotationReceipt> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed<RotationReceipt>) outcome).problem();
  }
}
