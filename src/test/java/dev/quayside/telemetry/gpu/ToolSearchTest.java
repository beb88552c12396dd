package dev.quayside.telemetry.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.telemetry.GpuReading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolSearchTest {

  private final List<Runnable> later = new ArrayList<>();
  private long nanos;

  @Test
  void aFolderThatHangsHoldsNobodyUpAndIsNotLookedIntoTwice() {
    NvidiaSmi smi = smi("/dead/share");

    assertThat(smi.reading(List.of())).isInstanceOf(GpuReading.NotYet.class);
    nanos += Duration.ofSeconds(6).toNanos();
    assertThat(smi.reading(List.of()))
        .isInstanceOfSatisfying(
            GpuReading.NoTool.class, none -> assertThat(none.reason()).contains("PATH"));
    nanos += Duration.ofMinutes(2).toNanos();
    smi.reading(List.of());
    assertThat(later).hasSize(1);

    later.getFirst().run();
    assertThat(smi.reading(List.of()))
        .isInstanceOfSatisfying(
            GpuReading.NoTool.class, none -> assertThat(none.reason()).doesNotContain("hangs"));
  }

  @Test
  void aFolderThatThisProcessCannotNameIsPassedOver() {
    ToolSearch search =
        new ToolSearch("/no\0name:/there", file -> file.startsWith("/there"), Runnable::run);
    search.begin();
    assertThat(search.take()).isEqualTo(new ToolSearch.Answer("/there/nvidia-smi"));
    assertThat(search.take()).isNull();
  }

  private NvidiaSmi smi(String path) {
    ToolSearch search = new ToolSearch(path, file -> false, later::add);
    return new NvidiaSmi(Path.of("/"), Map.of(), search, () -> Instant.EPOCH, () -> nanos);
  }
}
