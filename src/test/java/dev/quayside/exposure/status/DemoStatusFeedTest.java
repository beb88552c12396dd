package dev.quayside.exposure.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.Exposure;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.SampleHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DemoStatusFeedTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private final List<Runnable> later = new ArrayList<>();
  private final DemoEngine engine = new DemoEngine(InstantSource.fixed(NOON), later::add);

  @Test
  void theSameMomentGivesTheSameRows() {
    StatusSnapshot first = snapshot();
    StatusSnapshot second = snapshot();
    assertThat(first.stacks()).isEqualTo(second.stacks());
    assertThat(first.gpus()).isEqualTo(second.gpus());
    assertThat(first.host()).isEqualTo(second.host());
  }

  @Test
  void threeStacksAreShownWithOneUnhealthyAndOneExposedService() {
    StatusSnapshot snapshot = snapshot();
    assertThat(snapshot.stacks())
        .extracting(StackStatus::name)
        .containsExactly("dream-server", "llm-infrastructure", "local-llm-stack");
    assertThat(rows(snapshot))
        .filteredOn(row -> row.container().health() == Health.UNHEALTHY)
        .singleElement()
        .extracting(row -> row.container().name())
        .isEqualTo("dream-whisper");
    assertThat(rows(snapshot))
        .filteredOn(row -> row.exposure() == Exposure.LAN)
        .singleElement()
        .extracting(row -> row.container().name())
        .isEqualTo("dream-qdrant");
    assertThat(rows(snapshot)).noneMatch(row -> row.exposure() == Exposure.UNKNOWN);
  }

  @Test
  void aStoppedServiceHasNoFiguresAtAll() {
    ServiceStatus stopped = row(snapshot(), "qwen_1");
    assertThat(stopped.container().state()).isEqualTo(ContainerState.EXITED);
    assertThat(stopped.sample()).isNull();
    assertThat(stopped.gpuMemory()).isEmpty();
  }

  @Test
  void gpuMemoryOfTheServicesAndTheUnattributedProcessAddUp() {
    StatusSnapshot snapshot = snapshot();
    GpuReading.Devices gpus = (GpuReading.Devices) snapshot.gpus();
    assertThat(gpus.processes()).filteredOn(process -> process.container() == null).hasSize(1);
    long attributed = rows(snapshot).stream().mapToLong(row -> row.gpuMemory().orElse(0)).sum();
    long all =
        gpus.processes().stream().mapToLong(process -> process.memoryBytes().orElseThrow()).sum();
    assertThat(all - attributed).isEqualTo(612L << 20);
    assertThat(row(snapshot, "postgres").gpuMemory()).hasValue(0);
  }

  @Test
  void theHistoryBeginsFilledAndEndsWithTheNewestSample() {
    try (StatusFeed feed = StatusFeeds.demo(engine, InstantSource.fixed(NOON))) {
      ServiceStatus vllm = row(feed.feed().latest(), "dream-vllm");
      float[] points = new float[60];
      assertThat(feed.history().cpuCores(vllm.container().id(), points)).isEqualTo(60);
      assertThat(points[59]).isEqualTo((float) vllm.sample().cpuCores().orElseThrow());
      float[] all = new float[2 * SampleHistory.POINTS];
      assertThat(feed.history().hostCpuShare(all)).isEqualTo(SampleHistory.POINTS);
      assertThat(all[0]).isNaN();
    }
  }

  @Test
  void startingAServiceShowsAtOnceAndItsHealthSettlesLater() throws Exception {
    try (StatusFeed feed = StatusFeeds.demo(engine, InstantSource.fixed(NOON))) {
      Container webui = row(feed.feed().latest(), "dream-webui").container();
      engine.control().restart(webui.id(), Duration.ofSeconds(1));
      await(feed, snapshot -> row(snapshot, "dream-webui").container().health() == Health.STARTING);
      later.forEach(Runnable::run);
      await(feed, snapshot -> row(snapshot, "dream-webui").container().health() == Health.HEALTHY);
    }
  }

  @Test
  void rowsThatDidNotChangeAreTheSameObjects() throws Exception {
    try (StatusFeed feed = StatusFeeds.demo(engine, InstantSource.fixed(NOON))) {
      StatusSnapshot before = feed.feed().latest();
      engine.control().stop(row(before, "ollama").container().id(), Duration.ofSeconds(1));
      StatusSnapshot after = await(feed, snapshot -> !row(snapshot, "ollama").container().live());
      assertThat(row(after, "mongodb")).isSameAs(row(before, "mongodb"));
      assertThat(after.stacks().getFirst()).isSameAs(before.stacks().getFirst());
      assertThat(after.stacks().getLast()).isNotSameAs(before.stacks().getLast());
    }
  }

  private StatusSnapshot snapshot() {
    try (StatusFeed feed = StatusFeeds.demo(engine, InstantSource.fixed(NOON))) {
      return feed.feed().latest();
    }
  }

  private static StatusSnapshot await(
      StatusFeed feed, java.util.function.Predicate<StatusSnapshot> wanted)
      throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    StatusSnapshot[] found = new StatusSnapshot[1];
    try (var observing =
        feed.feed()
            .observe(snapshot -> {
              if (found[0] == null && wanted.test(snapshot)) {
                found[0] = snapshot;
                seen.countDown();
              }
            })) {
      assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
      return found[0];
    }
  }

  private static List<ServiceStatus> rows(StatusSnapshot snapshot) {
    return snapshot.stacks().stream().flatMap(stack -> stack.services().stream()).toList();
  }

  private static ServiceStatus row(StatusSnapshot snapshot, String name) {
    return rows(snapshot).stream()
        .filter(row -> row.container().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
