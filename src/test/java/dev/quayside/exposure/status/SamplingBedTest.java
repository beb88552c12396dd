package dev.quayside.exposure.status;

import static dev.quayside.exposure.status.LiveStatus.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Engine;
import dev.quayside.engine.RawStats;
import dev.quayside.exposure.Exposure;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.ContainerSamples.Source;
import dev.quayside.telemetry.GpuReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples real containers of a real engine straight from the kernel. */
@Tag("bed")
class SamplingBedTest {

  private static final String STACK =
      """
      services:
        busy:
          image: quayside-bed/base:1
          command: ["sh", "-c", "while :; do :; done"]
          cpus: 0.3
          mem_limit: 64m
          stop_grace_period: 1s
        idle:
          image: quayside-bed/plain:1
          ports: ["127.0.0.1:18970:8080"]
        quiet:
          image: quayside-bed/base:1
          command: ["sleep", "100000"]
          network_mode: none
          stop_grace_period: 1s
        hosted:
          image: quayside-bed/base:1
          command: ["sleep", "100000"]
          network_mode: host
          stop_grace_period: 1s
        joined:
          image: quayside-bed/base:1
          command: ["sleep", "100000"]
          network_mode: service:idle
          stop_grace_period: 1s
      """;

  @TempDir private Path folder;
  private final Bed bed = Bed.required();

  @Test
  void figuresComeFromTheKernelAndAgreeWithTheEngines() throws Exception {
    try (BedStack stack = bed.stack(STACK, folder).up();
        LiveStatus status = LiveStatus.open(bed)) {
      StatusSnapshot snapshot =
          status.await(
              "all rates are known", found -> known(found, "busy") && known(found, "idle"));
      assertThat(snapshot.sampleSource()).isIn(Source.CGROUP_V1, Source.CGROUP_V2);
      ContainerSample busy = row(snapshot, "busy").sample();
      assertThat(busy.cpuCores().orElseThrow()).isGreaterThan(0.01);
      assertThat(busy.cpuShareOfLimit().orElseThrow())
          .isCloseTo(busy.cpuCores().orElseThrow() / 0.3, within(1e-9));
      assertThat(busy.memoryLimitBytes()).hasValue(64L << 20);
      ContainerSample idle = row(snapshot, "idle").sample();
      RawStats asked = engine(status).stats(idle.id());
      long memory = asked.memoryUsage().orElseThrow() - asked.memoryCache().orElseThrow();
      assertThat((double) idle.memoryBytes().orElseThrow())
          .isCloseTo(memory, within((double) (2 << 20)));
      assertThat(idle.processes()).isEqualTo(asked.processes());
      assertThat(idle.memoryLimitBytes()).isEqualTo(asked.memoryLimit());
      assertThat(stack.containers()).hasSize(5);
    }
  }

  @Test
  void eachKindOfNetworkShowsWhatItHas() throws Exception {
    try (BedStack stack = bed.stack(STACK, folder).up();
        LiveStatus status = LiveStatus.open(bed)) {
      StatusSnapshot snapshot =
          status.await(
              "rates are known",
              found -> known(found, "hosted") && known(found, "quiet") && known(found, "joined"));
      assertThat(row(snapshot, "hosted").sample().receivedPerSecond()).isEmpty();
      assertThat(row(snapshot, "quiet").sample().receivedPerSecond()).hasValue(0);
      assertThat(row(snapshot, "joined").sample().receivedPerSecond()).isPresent();
      assertThat(row(snapshot, "joined").exposure()).isEqualTo(Exposure.LOOPBACK);
      assertThat(stack.containers()).isNotEmpty();
    }
  }

  @Test
  void pauseRestartAndKillAreFollowed() throws Exception {
    try (BedStack stack = bed.stack(STACK, folder).up();
        LiveStatus status = LiveStatus.open(bed)) {
      status.await("rates are known", found -> known(found, "busy"));
      String name = row(status.feed().feed().latest(), "busy").container().name();
      bed.docker("pause", name);
      StatusSnapshot paused =
          status.await("a paused container uses nothing", found -> cores(found, "busy") == 0);
      assertThat(row(paused, "busy").sample().memoryBytes()).isPresent();
      bed.docker("unpause", name);
      status.await("it works again", found -> cores(found, "busy") > 0.01);
      bed.docker("kill", name);
      StatusSnapshot killed =
          status.await("it is stopped", found -> !row(found, "busy").container().live());
      assertThat(row(killed, "busy").sample()).isNull();
      // Each snapshot is looked at: awaiting may well see only the second sample.
      CompletableFuture<ContainerSample> first = new CompletableFuture<>();
      try (Subscription _ = status.feed().feed().observe(found -> offer(found, first))) {
        bed.docker("start", name);
        assertThat(first.get(60, TimeUnit.SECONDS).cpuCores()).isEmpty();
      }
      status.await("and then its rates", found -> known(found, "busy"));
      assertThat(stack.containers()).isNotEmpty();
    }
  }

  private static void offer(StatusSnapshot found, CompletableFuture<ContainerSample> first) {
    ContainerSample sample = row(found, "busy").sample();
    if (sample != null) {
      first.complete(sample);
    }
  }

  @Test
  void inSteadyStateTheEngineIsNotAskedForStatistics() throws Exception {
    try (BedStack stack = bed.stack(STACK, folder).up();
        CountingProxy proxy = CountingProxy.before(bed.socket(), folder.resolve("proxy.sock"));
        LiveStatus status = LiveStatus.open(proxy.socket(), bed.environment())) {
      status.await("rates are known", found -> known(found, "busy"));
      long before = proxy.requests() - proxy.requestsFor("/_ping");
      StatusSnapshot first = status.feed().feed().latest();
      status.await(
          "ten more sweeps", found -> found.sampledAt().isAfter(first.sampledAt().plusSeconds(10)));
      assertThat(proxy.requestsFor("/stats")).isZero();
      // A sign of life now and then, and nothing for each container.
      assertThat(proxy.requestsFor("/_ping")).isPositive();
      assertThat(proxy.requests() - proxy.requestsFor("/_ping") - before).isLessThan(5);
      assertThat(stack.containers()).isNotEmpty();
    }
  }

  @Test
  void gpuMemoryOfAProcessInAContainerIsItsServices() throws Exception {
    try (BedStack stack = bed.stack(STACK, folder).up()) {
      long pid =
          Long.parseLong(
              bed.docker("inspect", "-f", "{{.State.Pid}}", containerOf(stack, "busy")).strip());
      Path pids =
          Files.writeString(
              folder.resolve("pids"),
              pid + " 0 700 python3\n" + ProcessHandle.current().pid() + " 0 50\n");
      Map<String, String> environment = new HashMap<>(bed.environment());
      environment.put(
          "PATH",
          Path.of(System.getProperty("quayside.repository"), "src/bed/nvidia-smi")
              + ":"
              + environment.get("PATH"));
      environment.put("QUAYSIDE_NVIDIA_SMI_PIDS", pids.toString());
      try (LiveStatus status = LiveStatus.open(bed.socket(), environment)) {
        StatusSnapshot snapshot =
            status.await("the process is attributed", found -> gpuMemory(found, "busy") > 0);
        assertThat(row(snapshot, "busy").gpuMemory()).hasValue(700L << 20);
        assertThat(row(snapshot, "idle").gpuMemory()).hasValue(0);
        GpuReading.Devices gpus = (GpuReading.Devices) snapshot.gpus();
        assertThat(gpus.processes()).filteredOn(process -> process.container() == null).hasSize(1);
      }
    }
  }

  private static String containerOf(BedStack stack, String service) throws Exception {
    return stack.containers().stream()
        .filter(name -> name.contains(service))
        .findFirst()
        .orElseThrow();
  }

  private static Engine engine(LiveStatus status) {
    Engine engine = status.registry().engine();
    assertThat(engine).isNotNull();
    return engine;
  }

  private static boolean known(StatusSnapshot snapshot, String service) {
    ServiceStatus row = row(snapshot, service);
    return row != null && row.sample() != null && row.sample().cpuCores().isPresent();
  }

  private static double cores(StatusSnapshot snapshot, String service) {
    return known(snapshot, service) ? row(snapshot, service).sample().cpuCores().getAsDouble() : -1;
  }

  private static long gpuMemory(StatusSnapshot snapshot, String service) {
    ServiceStatus row = row(snapshot, service);
    return row == null ? 0 : row.gpuMemory().orElse(0);
  }
}
