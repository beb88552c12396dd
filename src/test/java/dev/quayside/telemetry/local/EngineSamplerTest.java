package dev.quayside.telemetry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.ContainerSamples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks the demo engine, whose processes do not exist here, as those of a remote engine do not. */
@Timeout(60)
class EngineSamplerTest {

  private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  private final DemoEngine engine = new DemoEngine(() -> now, later -> {});
  private final EngineSampler sampler = new EngineSampler(() -> now, nanos::get);

  @Test
  void theFirstRoundHasAmountsAndTheSecondRates() {
    ContainerSample first = await(null, samples -> !samples.samples().isEmpty(), "vllm");
    assertThat(first.memoryBytes()).isPresent();
    assertThat(first.cpuCores()).isEmpty();
    // A round that was still on its way when the time jumped is thought to have taken that long,
    // and the rest after it is as much longer.
    ContainerSample second =
        await(
            null,
            samples -> {
              pass(10);
              return cores(samples) > 0;
            },
            "vllm");
    assertThat(second.cpuCores().orElseThrow()).isBetween(0.5, 7.0);
    assertThat(second.cpuShareOfLimit().orElseThrow())
        .isEqualTo(second.cpuCores().orElseThrow() / 8);
    assertThat(second.sentPerSecond()).isPresent();
  }

  @Test
  void theSourceIsSaid() {
    await(null, samples -> samples.source() == ContainerSamples.Source.ENGINE, "vllm");
  }

  @Test
  void samplesAreAsOldAsTheRoundThatBroughtThem() {
    await(null, samples -> samples.samples().size() == live(), "vllm");
    // Lets the round come to its end, after which nothing begins another one.
    Instant ended = sampler.sweep(engine, containers(), null).at();
    while (!sampler.rests()) {
      rest();
    }
    now = now.plusSeconds(40);
    assertThat(sampler.sweep(engine, containers(), null).at()).isEqualTo(ended);
  }

  @Test
  void stoppedContainersAreNotAsked() {
    assertThat(sampler.choose(containers(), null)).noneMatch(container -> !container.live());
  }

  @Test
  void afterTheFirstRoundOnlyTheVisibleAndATenthOfTheOthersAreAsked() {
    await(null, samples -> samples.samples().size() == live(), "vllm");
    ContainerId visible = containers().getFirst().id();
    int asked = 0;
    for (int round = 0; round < 10; round++) {
      List<Container> chosen = sampler.choose(containers(), Set.of(visible));
      assertThat(chosen).extracting(Container::id).contains(visible);
      asked += chosen.size() - 1;
    }
    assertThat(asked).isEqualTo(live() - 1);
  }

  @Test
  void aRoundIsNotRepeatedWithinTwoSeconds() {
    ContainerSample first = await(null, samples -> samples.samples().size() == live(), "vllm");
    pass(1);
    for (int i = 0; i < 5; i++) {
      sampler.sweep(engine, containers(), null);
    }
    assertThat(sampler.sweep(engine, containers(), null).samples().get(first.id())).isSameAs(first);
  }

  @Test
  void aContainerThatStoppedLosesItsSample() throws Exception {
    ContainerSample sample = await(null, samples -> samples.samples().size() == live(), "vllm");
    engine.control().stop(sample.id(), Duration.ofSeconds(1));
    assertThat(sampler.sweep(engine, containers(), null).samples()).doesNotContainKey(sample.id());
  }

  @Test
  void anEngineWhoseProcessesAreNotHereIsAskedInsteadOfTheKernel() {
    try (ContainerSampling sampling =
        new ContainerSampling(Path.of("/"), 2, () -> engine, () -> now, nanos::get)) {
      EngineSnapshot snapshot = engine.feed().latest();
      ContainerSamples samples = sampling.sweep(snapshot, null);
      while (samples.samples().isEmpty()) {
        rest();
        samples = sampling.sweep(snapshot, null);
      }
      assertThat(samples.source()).isEqualTo(ContainerSamples.Source.ENGINE);
    }
  }

  private ContainerSample await(
      Set<ContainerId> visible, Predicate<ContainerSamples> wanted, String service) {
    ContainerId id =
        containers().stream()
            .filter(each -> each.service().equals(service))
            .findFirst()
            .orElseThrow()
            .id();
    ContainerSamples samples = sampler.sweep(engine, containers(), visible);
    while (!wanted.test(samples) || !samples.samples().containsKey(id)) {
      rest();
      samples = sampler.sweep(engine, containers(), visible);
    }
    return samples.samples().get(id);
  }

  // The time limit interrupts, and a parked thread that is interrupted only goes round faster.
  private static void rest() {
    LockSupport.parkNanos(1_000_000);
    if (Thread.interrupted()) {
      throw new AssertionError("it did not happen in time");
    }
  }

  private double cores(ContainerSamples samples) {
    return samples.samples().values().stream().filter(each -> each.cpuCores().isPresent()).count()
            == live()
        ? 1
        : 0;
  }

  private List<Container> containers() {
    return engine.feed().latest().containers();
  }

  private int live() {
    return (int)
        containers().stream().filter(each -> each.state() == ContainerState.RUNNING).count();
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
    nanos.addAndGet(seconds * 1_000_000_000L);
  }
}
