package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.ServiceResult.Reached;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models on demand: one for each GPU, made when they are wanted, left alone when they are not. */
@Tag("bed")
class ModelBedTest {

  /**
   * What makes guide A's stack recognisable, with two models for GPU 0, one for GPU 1, one for
   * both.
   */
  private static final String COMPOSE =
      """
      services:
        router: {image: "quayside-bed/plain:1"}
        postgres: {image: "quayside-bed/plain:1"}
        n8n: {image: "quayside-bed/plain:1"}
        openwebui: {image: "quayside-bed/plain:1"}
        llama_0: {image: "quayside-bed/plain:1", profiles: [llama_0, models], restart: "no"}
        qwen_0: {image: "quayside-bed/plain:1", profiles: [qwen_0, models], restart: "no"}
        llama_1: {image: "quayside-bed/plain:1", profiles: [llama_1, models], restart: "no"}
        qwen_72b: {image: "quayside-bed/plain:1", profiles: [qwen_72b, models], restart: "no"}
      """;

  @TempDir Path folder;
  private Bed bed;
  private BedStack stack;
  private String project;
  private LayerWorld world;

  @BeforeEach
  void start() throws Exception {
    bed = Bed.required();
    stack = bed.stack(COMPOSE, folder).up();
    project = stack.directory().getFileName().toString();
    world = new LayerWorld(folder.resolve("home"), StepBoundary.none(), bed.environment());
  }

  @AfterEach
  void stop() throws Exception {
    stack.close();
  }

  @Test
  void aModelIsMadeWhenItIsWantedAndTakesTurnsWithOthersOnItsGpu() throws Exception {
    LifecycleReceipt first = done(world.run(Action.UP, project, "llama_0"));
    assertThat(states(first)).isEqualTo(Map.of("llama_0", Reached.RUNNING));
    assertThat(first.notes())
        .as("no GPU tool answers")
        .singleElement()
        .asString()
        .contains("unknown");
    done(world.run(Action.UP, project, "llama_1"));

    Outcome<LifecycleReceipt> refused = world.run(Action.UP, project, "qwen_0");
    assertThat(refused)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, one -> assertThat(one.problem().code()).isEqualTo("GPU-TAKEN"));
    assertThat(running()).contains("llama_0", "llama_1").doesNotContain("qwen_0");

    LifecycleReceipt swapped =
        done(
            world.lifecycle.run(
                new LifecycleRequest(Action.UP, world.stack(project), List.of("qwen_0")).swapping(),
                Progress.none()));

    assertThat(states(swapped))
        .isEqualTo(Map.of("llama_0", Reached.STOPPED, "qwen_0", Reached.RUNNING));
    assertThat(running()).contains("qwen_0", "llama_1").doesNotContain("llama_0");
    assertThat(states(done(world.run(Action.UP, project))))
        .as("the whole stack leaves what is kept stopped alone")
        .containsEntry("llama_0", Reached.LEFT_ALONE);
  }

  @Test
  void aModelThatWasStoppedInVainRunsAgainAndIsInTheReceipt() throws Exception {
    done(world.run(Action.UP, project, "llama_0"));
    done(world.run(Action.UP, project, "llama_1"));
    // Gone between the first stop and its own, so that this one fails.
    RunsOnLine gone = new RunsOnLine("llama_1", () -> bed.docker("rm", "-f", container("llama_1")));

    Outcome<LifecycleReceipt> outcome =
        world.lifecycle.run(
            new LifecycleRequest(Action.UP, world.stack(project), List.of("qwen_72b")).swapping(),
            gone);

    assertThat(gone.ran).isTrue();
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention ->
                assertThat(states((LifecycleReceipt) attention.receipt()))
                    .containsEntry("llama_0", Reached.RUNNING));
    assertThat(running()).contains("llama_0").doesNotContain("qwen_72b");
  }

  private String container(String service) throws Exception {
    return world.stack(project).services().stream()
        .filter(one -> one.name().equals(service))
        .map(one -> one.containers().getFirst().id().value())
        .findFirst()
        .orElseThrow();
  }

  /** Does something when a line names a service, once. */
  private static final class RunsOnLine implements Progress {
    private final String word;
    private final Step action;
    private boolean ran;

    private interface Step {
      void run() throws Exception;
    }

    RunsOnLine(String word, Step action) {
      this.word = word;
      this.action = action;
    }

    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void line(String text) {
      if (!ran && text.contains(word)) {
        ran = true;
        try {
          action.run();
        } catch (Exception failure) {
          throw new AssertionError(failure);
        }
      }
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }

  @Test
  void aProfileIsStartedAndStoppedAndTellsHowMuchOfItIsThere() throws Exception {
    assertThat(profile("llama_1").state()).isEqualTo(ProfileSet.State.OFF);
    List<String> services = world.lifecycle.servicesOf(world.stack(project), "llama_1", Action.UP);
    assertThat(services).containsExactly("llama_1");

    done(world.run(Action.UP, project, "llama_1"));

    assertThat(profile("llama_1").state()).isEqualTo(ProfileSet.State.ON);
    assertThat(profile("models").state()).isEqualTo(ProfileSet.State.PART);
    assertThat(profile("models").running()).containsExactly("llama_1");
    assertThat(world.lifecycle.servicesOf(world.stack(project), "models", Action.STOP))
        .as("only what has containers can be stopped")
        .containsExactly("llama_1");
    done(world.run(Action.STOP, project, "llama_1"));
    assertThat(running()).containsExactlyInAnyOrder("router", "postgres", "n8n", "openwebui");
  }

  private ProfileSet.Profile profile(String name) throws Exception {
    return world.lifecycle.profiles(world.stack(project)).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> running() throws Exception {
    return world.stack(project).services().stream()
        .filter(service -> service.containers().stream().anyMatch(one -> one.live()))
        .map(StackService::name)
        .toList();
  }

  private static LifecycleReceipt done(Outcome<LifecycleReceipt> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<LifecycleReceipt>) outcome).receipt();
  }

  private static Map<String, Reached> states(LifecycleReceipt receipt) {
    return receipt.services().stream()
        .collect(Collectors.toMap(ServiceResult::service, ServiceResult::state));
  }
}
