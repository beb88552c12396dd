package dev.quayside.telemetry.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quayside.telemetry.HostSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
    sampler.look();
    HostSample sample = sampler.sample(Set.of());
    long total = kibibytes("MemTotal:") * 1024;
    assertThat(sample.memoryTotal()).hasValue(total);
    assertThat((double) sample.memoryUsed().orElseThrow())
        .isCloseTo(total - kibibytes("MemAvailable:") * 1024.0, within(total * 0.2));
    assertThat(sample.swapTotal()).hasValue(kibibytes("SwapTotal:") * 1024);
    assertThat(sample.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(sample.loadOneMinute()).isPresent();
    assertThat(sample.cpuModel()).isNotBlank();
    assertThat(sample.cpuShare()).isEmpty();
    assertThat(sample.receivedPerSecond()).isEmpty();
  }

  @Test
  void beforeTheNamesAreKnownThereIsNoSample() {
    assertThat(sampler(ROOT, path -> new long[] {10, 5}).sample(Set.of())).isNull();
  }

  @Test
  void trafficOfTheMachineIsARateOverTheTimeThatPassed() throws IOException {
    net(1000, 500);
    HostSampler sampler = sampler(folder, path -> new long[] {10, 5});
    sampler.look();
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
    assertThat(Hardware.share(before, new long[] {20, 0, 5, 60, 15, 0, 0, 0})).hasValue(0.25);
    assertThat(Hardware.share(before, before)).isEmpty();
    assertThat(
            Hardware.share(
                new long[] {0, 0, 0, 50, 0, 0, 0, 0}, new long[] {90, 0, 0, 10, 0, 0, 0, 0}))
        .isEmpty();
  }

  @Test
  void aShareThatHangsCostsOnlyItsOwnFigure() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Semaphore answered = new Semaphore(0);
    write("proc/self/mountinfo", "1 0 8:1 / / rw - ext4 a rw\n2 1 0:9 / /nfs rw - nfs4 b rw\n");
    HostSampler sampler =
        sampler(
            folder,
            path -> {
              if (path.equals("/nfs")) {
                asked.incrementAndGet();
                awaitForEver(dead);
              }
              answered.release();
              return new long[] {100, 40};
            });
    sampler.look();
    sampler.sample(Set.of(Path.of("/data"), Path.of("/nfs/models")));
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
    assertThat(asked).hasValue(1);
    dead.countDown();
  }

  @Test
  void folderAndMountAreMatchedByNameAlone() {
    List<Path> points =
        DataMounts.points(
            List.of(
                "1 0 8:1 / / rw - ext4 a rw",
                "2 1 8:2 / /home rw - ext4 b rw",
                "3 1 8:3 / /home/operator/my\\040models rw - xfs c rw",
                "garbage",
                ""));
    assertThat(DataMounts.holder(points, Path.of("/home/operator/my models/llama")))
        .hasToString("/home/operator/my models");
    assertThat(DataMounts.holder(points, Path.of("/home2"))).hasToString("/");
    assertThat(DataMounts.holder(points, Path.of("/home"))).hasToString("/home");
  }

  private HostSampler sampler(Path root, SpaceProbe.Space space) {
    return new HostSampler(root, () -> now, () -> nanos, space);
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

  private static long kibibytes(String key) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/meminfo")).stream()
            .filter(each -> each.startsWith(key))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }
}
