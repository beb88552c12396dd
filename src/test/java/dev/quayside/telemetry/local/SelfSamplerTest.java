package dev.quayside.telemetry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quayside.telemetry.SelfSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSamplerTest {

  @TempDir private Path folder;
  private long nanos;

  @Test
  void ownUseIncludesTheLivingChildrenAndTheirs() throws IOException {
    process("self", "7 (quay (side) x)", 100, 1000);
    write("proc/self/task/7/children", "");
    write("proc/self/task/9/children", "21 \n");
    process("21", "21 (nvidia-smi)", 10, 500);
    write("proc/21/task/21/children", "22 ");
    process("22", "22 (sleep)", 0, 30);
    SelfSampler sampler = new SelfSampler(folder, () -> nanos);
    SelfSample first = sampler.sample();
    assertThat(first.cpuShareOfCore()).isEmpty();
    assertThat(first.residentBytes()).hasValue((1000 + 500 + 30) * 1024L);
    nanos += 2_000_000_000L;
    process("self", "7 (quay (side) x)", 120, 1000);
    process("21", "21 (nvidia-smi)", 20, 500);
    // 20 + 10 ticks of 10 ms over two seconds, each counted in four fields by the fixture.
    assertThat(sampler.sample().cpuShareOfCore().orElseThrow()).isCloseTo(4 * 0.15, within(1e-9));
  }

  @Test
  void aChildThatVanishedIsNoNegativeUse() throws IOException {
    process("self", "7 (q)", 100, 1000);
    write("proc/self/task/7/children", "21");
    process("21", "21 (x)", 50, 10);
    SelfSampler sampler = new SelfSampler(folder, () -> nanos);
    sampler.sample();
    nanos += 1_000_000_000L;
    Files.delete(folder.resolve("proc/21/stat"));
    assertThat(sampler.sample().cpuShareOfCore()).isEmpty();
  }

  @Test
  void thisProcessIsMeasured() {
    SelfSample sample = new SelfSampler(Path.of("/"), () -> nanos).sample();
    assertThat(sample.residentBytes().orElseThrow()).isGreaterThan(10L << 20);
  }

  private void process(String name, String head, long ticks, long kibibytes) throws IOException {
    write(
        "proc/" + name + "/stat",
        head
            + " S 1 1 1 0 -1 0 0 0 0 0 %d %d %d %d 20 0 1 0 5 0\n"
                .formatted(ticks, ticks, ticks, ticks));
    write(
        "proc/" + name + "/status", "Name:\tx\nVmPeak:\t  9 kB\nVmRSS:\t  " + kibibytes + " kB\n");
  }

  private void write(String relative, String content) throws IOException {
    Files.createDirectories(folder.resolve(relative).getParent());
    Files.writeString(folder.resolve(relative), content);
  }
}
