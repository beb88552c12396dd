package dev.quayside.telemetry.cgroup;

import static dev.quayside.telemetry.cgroup.KernelTree.OTHER;
import static dev.quayside.telemetry.cgroup.KernelTree.WEB;
import static dev.quayside.telemetry.cgroup.KernelTree.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.ContainerSamples.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the sampler on trees laid out as the kernel's. Version 1 also runs on the real kernel of the
 * test bed; version 2 is unproven there, because that kernel mounts no controllers in it.
 */
class CgroupSamplerTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong(7 * SECOND);
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void theFirstSampleHasAmountsButNoRates() {
    KernelTree tree = v1();
    ContainerSample sample = sweep(sampler(tree), running(WEB, 41, "bridge"));
    assertThat(sample.cpuCores()).isEmpty();
    assertThat(sample.cpuShareOfLimit()).isEmpty();
    assertThat(sample.receivedPerSecond()).isEmpty();
    assertThat(sample.readPerSecond()).isEmpty();
    assertThat(sample.memoryBytes()).hasValue(60_000_000);
    assertThat(sample.processes()).hasValue(12);
  }

  @Test
  void ratesOfVersion1UseTheTimeThatReallyPassed() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    pass(2.5);
    tree.group("cpuacct", WEB, "cpuacct.usage", "6250000000\n");
    tree.group(
        "blkio",
        WEB,
        "blkio.throttle.io_service_bytes_recursive",
        "8:0 Read 5000\n8:0 Write 250\n8:0 Sync 1\n8:16 Read 5000\n8:16 Write 0\nTotal 10250\n");
    tree.network(41, 3500, 2250);
    ContainerSample sample = sweep(sampler, running(WEB, 41, "bridge"));
    assertThat(sample.cpuCores()).hasValue(0.5);
    assertThat(sample.cpuShareOfLimit()).hasValue(0.125);
    assertThat(sample.receivedPerSecond()).hasValue(1000);
    assertThat(sample.sentPerSecond()).hasValue(100);
    assertThat(sample.readPerSecond()).hasValue(4000);
    assertThat(sample.writtenPerSecond()).hasValue(100);
  }

  @Test
  void ratesOfVersion2CountMicroseconds() {
    KernelTree tree = v2();
    CgroupSampler sampler = sampler(tree);
    ContainerSamples first = sampler.sweep(List.of(running(WEB, 41, "bridge")));
    assertThat(first.source()).isEqualTo(Source.CGROUP_V2);
    assertThat(first.samples().get(WEB).memoryBytes()).hasValue(60_000_000);
    pass(1);
    tree.unified(WEB, "cpu.stat", "usage_usec 5250000\nuser_usec 1\n");
    tree.unified(
        WEB,
        "io.stat",
        "8:0 rbytes=700 wbytes=30 rios=1 wios=1 dbytes=9 dios=0\n"
            + "8:16 \n"
            + "259:0 rbytes=300 wbytes=0\n");
    ContainerSample sample = sweep(sampler, running(WEB, 41, "bridge"));
    assertThat(sample.cpuCores()).hasValue(0.25);
    assertThat(sample.readPerSecond()).hasValue(1000);
    assertThat(sample.writtenPerSecond()).hasValue(30);
  }

  @Test
  void noLimitMeansTheMachineAndALimitIsShown() {
    KernelTree tree = v1();
    ContainerSample none = sweep(sampler(tree), running(WEB, 41, "bridge"));
    assertThat(none.memoryLimitBytes()).hasValue(16_384_000L * 1024);
    tree.group("memory", WEB, "memory.limit_in_bytes", "536870912\n");
    tree.group("cpu", WEB, "cpu.cfs_quota_us", "50000\n");
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    pass(1);
    tree.group("cpuacct", WEB, "cpuacct.usage", "5250000000\n");
    ContainerSample limited = sweep(sampler, running(WEB, 41, "bridge"));
    assertThat(limited.memoryLimitBytes()).hasValue(536_870_912);
    assertThat(limited.cpuShareOfLimit()).hasValue(0.5);
  }

  @Test
  void aLimitLargerThanTheMachineIsTheMachine() {
    KernelTree tree = v2();
    tree.unified(WEB, "memory.max", "99999999999999\n");
    tree.unified(WEB, "cpu.max", "200000 100000\n");
    assertThat(sweep(sampler(tree), running(WEB, 41, "bridge")).memoryLimitBytes())
        .hasValue(16_384_000L * 1024);
  }

  @Test
  void aLimitThatIsChangedWhileRunningIsReadAgainAndRatesGoOn() {
    KernelTree tree = v2();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    pass(1);
    tree.unified(WEB, "memory.max", "268435456\n");
    tree.unified(WEB, "cpu.stat", "usage_usec 6000000\n");
    ContainerSample sample =
        sweep(
            sampler,
            running(
                WEB,
                41,
                "bridge",
                KernelTree.STARTED,
                OptionalDouble.empty(),
                OptionalLong.of(268_435_456)));
    assertThat(sample.memoryLimitBytes()).hasValue(268_435_456);
    assertThat(sample.cpuCores()).hasValue(1);
  }

  @Test
  void aCounterThatWentDownIsANewBaseline() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    pass(1);
    tree.group("cpuacct", WEB, "cpuacct.usage", "1000000\n");
    assertThat(sweep(sampler, running(WEB, 41, "bridge")).cpuCores()).isEmpty();
    pass(1);
    tree.group("cpuacct", WEB, "cpuacct.usage", "101000000\n");
    assertThat(sweep(sampler, running(WEB, 41, "bridge")).cpuCores()).hasValue(0.1);
  }

  @Test
  void aRestartUnderTheSameIdBeginsWithoutRates() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    pass(1);
    tree.v1(55, WEB);
    tree.group("cpuacct", WEB, "cpuacct.usage", "9000000000\n");
    Container again =
        running(
            WEB,
            55,
            "bridge",
            KernelTree.STARTED.plusSeconds(60),
            OptionalDouble.empty(),
            OptionalLong.empty());
    assertThat(sweep(sampler, again).cpuCores()).isEmpty();
  }

  @Test
  void aProcessThatBelongsToAnotherContainerIsNotSampled() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    ContainerSamples samples = sampler.sweep(List.of(running(OTHER, 41, "bridge")));
    assertThat(samples.samples()).isEmpty();
    assertThat(samples.source()).isEqualTo(Source.NONE);
    assertThat(sampler.strangers()).isEqualTo(1);
  }

  @Test
  void aContainerThatIsGoneHasNoSampleAndTheOthersKeepTheirs() throws Exception {
    KernelTree tree = v1();
    tree.v1(42, OTHER);
    CgroupSampler sampler = sampler(tree);
    List<Container> both = List.of(running(WEB, 41, "bridge"), running(OTHER, 42, "bridge"));
    assertThat(sampler.sweep(both).samples()).hasSize(2);
    pass(1);
    tree.remove("proc/41");
    tree.remove("sys/fs/cgroup/memory/docker/" + WEB.value());
    assertThat(sampler.sweep(List.of(KernelTree.stopped(WEB), both.getLast())).samples())
        .containsOnlyKeys(OTHER);
  }

  @Test
  void hostNetworkHasNoNetworkFiguresAlsoForWhoJoinedIt() {
    KernelTree tree = v1();
    tree.v1(42, OTHER);
    CgroupSampler sampler = sampler(tree);
    List<Container> both =
        List.of(running(WEB, 41, "host"), running(OTHER, 42, "container:" + WEB.value()));
    sampler.sweep(both);
    pass(1);
    ContainerSamples samples = sampler.sweep(both);
    assertThat(samples.samples().get(WEB).receivedPerSecond()).isEmpty();
    assertThat(samples.samples().get(OTHER).receivedPerSecond()).isEmpty();
    assertThat(samples.samples().get(WEB).cpuCores()).hasValue(0);
  }

  @Test
  void aContainerThatJoinedAnotherSharesItsFigures() {
    KernelTree tree = v1();
    tree.v1(42, OTHER);
    CgroupSampler sampler = sampler(tree);
    List<Container> both =
        List.of(running(WEB, 41, "bridge"), running(OTHER, 42, "container:" + WEB.value()));
    sampler.sweep(both);
    pass(1);
    tree.network(42, 1500, 2000);
    assertThat(sampler.sweep(both).samples().get(OTHER).receivedPerSecond()).hasValue(500);
  }

  @Test
  void aMeasuredNothingIsZeroAndKeepsTheSameSample() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "none"));
    pass(1);
    ContainerSample idle = sweep(sampler, running(WEB, 41, "none"));
    assertThat(idle.cpuCores()).hasValue(0);
    pass(1);
    assertThat(sweep(sampler, running(WEB, 41, "none"))).isSameAs(idle);
  }

  @Test
  void theReclaimableCacheIsReadEachFifthSecond() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    tree.group("memory", WEB, "memory.stat", "total_inactive_file 90000000\n");
    int sweeps = 0;
    long memory = 60_000_000;
    while (memory == 60_000_000 && sweeps < 10) {
      pass(1);
      memory = sweep(sampler, running(WEB, 41, "bridge")).memoryBytes().orElseThrow();
      sweeps++;
    }
    assertThat(memory).isEqualTo(10_000_000);
    assertThat(sweeps).isEqualTo(ContainerReader.SECONDS_PER_DETAIL);
  }

  @Test
  void memoryThatFallsBelowTheCacheReadLastIsNotCalledNothing() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    pass(1);
    tree.group("memory", WEB, "memory.usage_in_bytes", "30000000\n");
    tree.group("memory", WEB, "memory.stat", "total_inactive_file 5000000\n");
    assertThat(sweep(sampler, running(WEB, 41, "bridge")).memoryBytes()).hasValue(25_000_000);
  }

  @Test
  void memoryThatGrowsByItsCacheIsNotOvershot() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    pass(1);
    tree.group("memory", WEB, "memory.usage_in_bytes", "200000000\n");
    tree.group("memory", WEB, "memory.stat", "total_inactive_file 139000000\n");
    assertThat(sweep(sampler, running(WEB, 41, "bridge")).memoryBytes()).hasValue(61_000_000);
  }

  @Test
  void aSlowPaceReadsTheCacheEachTime() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    tree.group("memory", WEB, "memory.stat", "total_inactive_file 90000000\n");
    pass(5);
    assertThat(sweep(sampler, running(WEB, 41, "bridge")).memoryBytes()).hasValue(10_000_000);
  }

  @Test
  void aMissingFileIsUnknownAndNeverZero() throws Exception {
    KernelTree tree = v2();
    Path group = tree.root.resolve("sys/fs/cgroup/system.slice/docker-" + WEB.value() + ".scope");
    java.nio.file.Files.delete(group.resolve("io.stat"));
    java.nio.file.Files.delete(group.resolve("pids.current"));
    java.nio.file.Files.delete(group.resolve("memory.stat"));
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    pass(1);
    ContainerSample sample = sweep(sampler, running(WEB, 41, "bridge"));
    assertThat(sample.readPerSecond()).isEmpty();
    assertThat(sample.processes()).isEmpty();
    assertThat(sample.memoryBytes()).isEmpty();
    assertThat(sample.cpuCores()).hasValue(0);
  }

  @Test
  void aHiddenProcessCostsOnlyTheNetwork() throws Exception {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    tree.remove("proc/41/net");
    pass(1);
    ContainerSample sample = sweep(sampler, running(WEB, 41, "bridge"));
    assertThat(sample.receivedPerSecond()).isEmpty();
    assertThat(sample.cpuCores()).hasValue(0);
  }

  @Test
  void twoSweepsInOneMomentMakeNoWildRate() {
    KernelTree tree = v1();
    CgroupSampler sampler = sampler(tree);
    sweep(sampler, running(WEB, 41, "bridge"));
    pass(1);
    ContainerSample first = sweep(sampler, running(WEB, 41, "bridge"));
    pass(0.001);
    tree.group("cpuacct", WEB, "cpuacct.usage", "5900000000\n");
    assertThat(sweep(sampler, running(WEB, 41, "bridge"))).isSameAs(first);
  }

  private KernelTree v1() {
    KernelTree tree = new KernelTree(folder, KernelTree.V1_MOUNTS);
    tree.v1(41, WEB);
    return tree;
  }

  private KernelTree v2() {
    KernelTree tree = new KernelTree(folder, KernelTree.V2_MOUNTS);
    tree.v2(41, WEB);
    return tree;
  }

  private CgroupSampler sampler(KernelTree tree) {
    return new CgroupSampler(tree.root, 4, () -> now, nanos::get);
  }

  private static ContainerSample sweep(CgroupSampler sampler, Container container) {
    ContainerId id = container.id();
    return sampler.sweep(List.of(container)).samples().get(id);
  }

  private void pass(double seconds) {
    nanos.addAndGet((long) (seconds * SECOND));
    now = now.plusMillis((long) (seconds * 1000));
  }
}
