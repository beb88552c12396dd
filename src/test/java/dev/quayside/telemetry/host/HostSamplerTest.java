package dev.quayside.telemetry.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quayside.common.MountPoints;
import dev.quayside.telemetry.HostSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSamplerTest {

  private static final Path ROOT = Path.of("/");
  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private long nanos;

  @Test
  void thisMachineIsMeasuredAsItsOwnFilesSay() throws IOException {
    HostSampler sampler = sampler(ROOT, path -> new long[] {10, 5});
    HostSample sample = sampler.sample(Set.of());
    long total = kibibytes("MemTotal:") * 1024;
    assertThat(sample.memoryTotal()).hasValue(total);
    assertThat((double) sample.memoryUsed().orElseThrow())
        .isCloseTo(total - kibibytes("MemAvailable:") * 1024.0, within(total * 0.2));
    assertThat(sample.swapTotal()).hasValue(kibibytes("SwapTotal:") * 1024);
    assertThat(sample.cores()).isEqualTo(cores());
    assertThat(sample.loadOneMinute()).isPresent();
    assertThat(sample.cpuShare()).isEmpty();
    assertThat(sample.receivedPerSecond()).isEmpty();
  }

  @Test
  void theNamesAreLearntOnceAndNotBeforeTheThirdSample() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    List<Runnable> later = new ArrayList<>();
    Hardware names =
        new Hardware("A processor", List.of(new HostSample.Disk("/dev/sda", "A disk", 7)));
    HostSampler sampler =
        new HostSampler(
            folder,
            () -> now,
            () -> nanos,
            path -> new long[] {10, 5},
            HostFigures::ofSystem,
            () -> {
              asked.incrementAndGet();
              return names;
            },
            later::add);
    assertThat(later).as("what is asked each second").hasSize(1);
    later.clear();
    write("proc/cpuinfo", "processor\t: 0\nmodel name\t: As the kernel says\n\nprocessor\t: 1\n");

    assertThat(sampler.sample(Set.of()).disks()).isEmpty();
    sampler.sample(Set.of());
    assertThat(later).isEmpty();
    assertThat(sampler.sample(Set.of()).cpuModel()).isEmpty();
    assertThat(later).hasSize(1);
    later.getFirst().run();
    HostSample named = sampler.sample(Set.of());
    assertThat(named.cpuModel()).isEqualTo("A processor");
    assertThat(named.disks()).isEqualTo(names.disks());
    assertThat(later).hasSize(1);
    assertThat(asked).hasValue(1);
  }

  @Test
  void namesThatCannotBeLearntCostNoFigure() throws IOException {
    write("proc/cpuinfo", "processor\t: 0\nmodel name\t: As the kernel says\n");
    write("proc/stat", "cpu  10 0 0 10 0 0 0 0 0 0\ncpu0 1\ncpu1 1\ncpu12 1\nintr 1\n");
    HostSampler sampler =
        new HostSampler(
            folder,
            () -> now,
            () -> nanos,
            path -> new long[] {10, 5},
            HostFigures::ofSystem,
            () -> {
              throw new NoClassDefFoundError("oshi");
            },
            Runnable::run);
    for (int i = 0; i < HostSampler.SAMPLES_BEFORE_NAMES; i++) {
      sampler.sample(Set.of());
    }
    HostSample sample = sampler.sample(Set.of());
    assertThat(sample.cpuModel()).isEqualTo("As the kernel says");
    assertThat(sample.cores()).isEqualTo(3);
    assertThat(sample.loadOneMinute()).isPresent();
    assertThat(sample.memoryTotal()).isPresent();
  }

  @Test
  void whatOshiCannotTellIsUnknownAndTheRestIsTold() throws IOException {
    net(1000, 500);
    HostSampler sampler =
        new HostSampler(
            folder,
            () -> now,
            () -> nanos,
            path -> new long[] {10, 5},
            () -> {
              throw new NoClassDefFoundError("oshi");
            },
            () -> Hardware.NONE,
            Runnable::run);
    sampler.sample(Set.of());
    nanos += 1_000_000_000L;
    net(3000, 500);
    HostSample sample = sampler.sample(Set.of());
    assertThat(sample.memoryTotal()).isEmpty();
    assertThat(sample.swapUsed()).isEmpty();
    assertThat(sample.loadOneMinute()).isEmpty();
    assertThat(sample.cpuShare()).isEmpty();
    assertThat(sample.cpuModel()).isEmpty();
    assertThat(sample.receivedPerSecond()).hasValue(2000);
  }

  @Test
  void oshiStillKnowsThisMachine() {
    assertThat(Hardware.look().cpuModel()).isNotNull();
  }

  @Test
  void trafficOfTheMachineIsARateOverTheTimeThatPassed() throws IOException {
    net(1000, 500);
    HostSampler sampler = sampler(folder, path -> new long[] {10, 5});
    sampler.sample(Set.of());
    nanos += 2_000_000_000L;
    net(5000, 700);
    HostSample sample = sampler.sample(Set.of());
    assertThat(sample.receivedPerSecond()).hasValue(2000);
    assertThat(sample.sentPerSecond()).hasValue(100);
    nanos += 1_000_000_000L;
    net(10, 10);
    assertThat(sampler.sample(Set.of()).receivedPerSecond()).isEmpty();
  }

  @Test
  void processorUseIsWhatIsNeitherIdleNorWaiting() {
    long[] before = {0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(HostFigures.share(before, new long[] {20, 0, 5, 60, 15, 0, 0, 0})).hasValue(0.25);
    assertThat(HostFigures.share(before, before)).isEmpty();
    assertThat(
            HostFigures.share(
                new long[] {0, 0, 0, 50, 0, 0, 0, 0}, new long[] {90, 0, 0, 10, 0, 0, 0, 0}))
        .isEmpty();
  }

  @Test
  void aShareThatHangsCostsOnlyItsOwnFigure() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    Semaphore asked = new Semaphore(0);
    Semaphore answered = new Semaphore(0);
    write("proc/self/mountinfo", "1 0 8:1 / / rw - ext4 a rw\n2 1 0:9 / /nfs rw - nfs4 b rw\n");
    HostSampler sampler =
        sampler(
            folder,
            path -> {
              if (path.equals("/nfs")) {
                asked.release();
                awaitForEver(dead);
              }
              answered.release();
              return new long[] {100, 40};
            });
    sampler.sample(Set.of(Path.of("/data"), Path.of("/nfs/models")));
    assertThat(asked.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(answered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    HostSample sample = sampler.sample(Set.of(Path.of("/data"), Path.of("/nfs/models")));
    while (sample.mounts().isEmpty()) {
      // The answer is stored just after it was given.
      Thread.onSpinWait();
      assertThat(Thread.interrupted()).as("the time limit is over").isFalse();
      sample = sampler.sample(Set.of(Path.of("/data"), Path.of("/nfs/models")));
    }
    assertThat(sample.mounts()).extracting(HostSample.MountSpace::path).containsExactly("/");
    now = now.plusSeconds(31);
    sampler.sample(Set.of(Path.of("/data"), Path.of("/nfs/models")));
    assertThat(answered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(asked.availablePermits()).as("asked again while the first still hangs").isZero();
    dead.countDown();
  }

  @Test
  void folderAndMountAreMatchedByNameAlone() {
    List<Path> points =
        MountPoints.parse(
            List.of(
                "1 0 8:1 / / rw - ext4 a rw",
                "2 1 8:2 / /home rw - ext4 b rw",
                "3 1 8:3 / /home/operator/my\\040models rw - xfs c rw",
                "garbage",
                "4 1 0:9 / /mnt/no\\000name rw - nfs4 d rw",
                ""));
    assertThat(DataMounts.holder(points, Path.of("/home/operator/my models/llama")))
        .hasToString("/home/operator/my models");
    assertThat(DataMounts.holder(points, Path.of("/home2"))).hasToString("/");
    assertThat(DataMounts.holder(points, Path.of("/home"))).hasToString("/home");
  }

  private HostSampler sampler(Path root, SpaceProbe.Space space) {
    return new HostSampler(
        root,
        () -> now,
        () -> nanos,
        space,
        HostFigures::ofSystem,
        () -> Hardware.NONE,
        Runnable::run);
  }

  private void net(long received, long sent) throws IOException {
    write(
        "proc/net/dev",
        "a\nb\n  eth0: "
            + received
            + " 0 0 0 0 0 0 0 "
            + sent
            + " 0 0 0 0 0 0 0\n"
            + "veth1: 77777 0 0 0 0 0 0 0 77777 0 0 0 0 0 0 0\n");
  }

  private void write(String relative, String content) throws IOException {
    Files.createDirectories(folder.resolve(relative).getParent());
    Files.writeString(folder.resolve(relative), content);
  }

  private static void awaitForEver(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int cores() throws IOException {
    return (int)
        Files.readAllLines(Path.of("/proc/stat")).stream()
            .filter(each -> each.matches("cpu[0-9]+ .*"))
            .count();
  }

  private static long kibibytes(String key) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/meminfo")).stream()
            .filter(each -> each.startsWith(key))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }
}
