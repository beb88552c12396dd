package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.KnownService;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Problem;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.telemetry.GpuReading;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** In the demo llama_0 holds GPU 0, and GPU 1 is free of models. */
class ModelTurnsTest {

  private static final long GIB = 1L << 30;

  private final DemoEngine engine =
      new DemoEngine(InstantSource.fixed(Instant.parse("2026-01-15T12:00:00Z")), later -> {});
  private final StackKind kind = Catalogue.load().kind("llm-infrastructure", "");

  @Test
  void aModelOnATakenGpuIsRefusedWithTheNameOfWhatHoldsIt() throws Exception {
    LifecycleRequest request = request(Action.UP, "qwen_0");
    Problem problem = ModelTurns.of(request, kind, request.services()).refusal(request);
    assertThat(problem.code()).isEqualTo("GPU-TAKEN");
    assertThat(problem.happened()).startsWith("llama_0 runs on it");
    assertThat(problem.command()).isEqualTo("quayside up llm-infrastructure qwen_0 --swap");
  }

  @Test
  void withASwapItIsStoppedFirstInstead() throws Exception {
    LifecycleRequest request = request(Action.UP, "qwen_0").swapping();
    ModelTurns turns = ModelTurns.of(request, kind, request.services());
    assertThat(turns.refusal(request)).isNull();
    assertThat(turns.occupants()).containsExactly("llama_0");
    assertThat(turns.starting()).containsOnlyKeys("qwen_0");
  }

  @Test
  void whatTakesBothGpusMeetsEverybody() throws Exception {
    LifecycleRequest request = request(Action.START, "qwen_72b");
    assertThat(ModelTurns.of(request, kind, request.services()).occupants())
        .containsExactly("llama_0");
  }

  @Test
  void aRunningModelAndAnotherGpuAndAnOrdinaryServiceAreNotRefused() throws Exception {
    for (String service : List.of("llama_0", "qwen_1", "router")) {
      LifecycleRequest request = request(Action.RESTART, service);
      assertThat(ModelTurns.of(request, kind, request.services()).refusal(request)).isNull();
    }
    LifecycleRequest stop = request(Action.STOP, "llama_0", "qwen_0");
    assertThat(ModelTurns.of(stop, kind, stop.services()).refusal(stop)).isNull();
  }

  @Test
  void twoModelsOfOneRequestThatNeedOneGpuAreRefusedEvenWithASwap() throws Exception {
    LifecycleRequest request = request(Action.UP, "qwen_1", "r1_1").swapping();
    Problem problem = ModelTurns.of(request, kind, request.services()).refusal(request);
    assertThat(problem.code()).isEqualTo("MODELS-CLASH");
    assertThat(problem.happened()).contains("GPU 1");
  }

  @Test
  void whatDoesNotFitIsToldWithNumbersAndWhatIsUnknownIsCalledSo() {
    KnownService.OnDemand model = new KnownService.OnDemand(List.of(0), 0.9, "");
    assertThat(ModelFit.warnings("m", model, List.of(), reading(2 * GIB))).isEmpty();
    assertThat(ModelFit.warnings("m", model, List.of(), reading(10 * GIB)))
        .singleElement()
        .asString()
        .contains("GPU 0", "21.6 GiB", "90 %", "14 GiB", "24 GiB");
    assertThat(ModelFit.warnings("m", model, List.of(), new GpuReading.NotYet()))
        .singleElement()
        .asString()
        .contains("unknown");
    assertThat(
            ModelFit.warnings(
                "m", new KnownService.OnDemand(List.of(1), 0.9, ""), List.of(), reading(GIB)))
        .singleElement()
        .asString()
        .contains("needs GPU 1");
  }

  @Test
  void roomThatAnotherModelWillLeaveCountsBeforeThatIsStopped() {
    KnownService.OnDemand model = new KnownService.OnDemand(List.of(0), 0.5, "");
    KnownService.OnDemand leaving = new KnownService.OnDemand(List.of(0), 0.8, "");
    KnownService.OnDemand elsewhere = new KnownService.OnDemand(List.of(1), 0.8, "");

    assertThat(ModelFit.warnings("m", model, List.of(elsewhere), reading(20 * GIB))).hasSize(1);
    assertThat(ModelFit.warnings("m", model, List.of(leaving), reading(20 * GIB))).isEmpty();
  }

  private static GpuReading reading(long used) {
    GpuReading.Device device =
        new GpuReading.Device(
            0,
            "u",
            "card",
            OptionalDouble.empty(),
            OptionalLong.of(used),
            OptionalLong.of(24 * GIB),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            "",
            null,
            false);
    return new GpuReading.Devices(Instant.EPOCH, List.of(device), null);
  }

  private LifecycleRequest request(Action action, String... services) throws Exception {
    Stack stack = new Stacks(Catalogue.load()).find(engine.feed().latest(), "llm-infrastructure");
    return new LifecycleRequest(action, stack, List.of(services));
  }
}
