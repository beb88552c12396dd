package dev.quayside.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Messages;
import dev.quayside.engine.Connection;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.telemetry.ContainerSamples.Source;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.SelfSample;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FigureOriginTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void freshFiguresOnlySayWhereTheyComeFrom() {
    assertThat(text(Source.CGROUP_V2, 2)).isEqualTo("figures from the kernel");
    assertThat(text(Source.ENGINE, 6)).isEqualTo("figures from the engine");
  }

  @Test
  void oldFiguresSayHowOldTheyAre() {
    assertThat(text(Source.ENGINE, 25)).isEqualTo("figures from the engine, 25 s old");
    assertThat(text(Source.CGROUP_V1, 7)).isEqualTo("figures from the kernel, 7 s old");
  }

  @Test
  void whereNothingIsMeasuredNothingIsSaid() {
    assertThat(text(Source.NONE, 0)).isEmpty();
    assertThat(text(Source.DEMO, 99)).isEmpty();
  }

  private static String text(Source source, int age) {
    return FigureOrigin.text(
        Messages.of("shell"),
        new StatusSnapshot(
            NOW,
            new Connection.Connecting(),
            true,
            List.of(),
            source,
            source == Source.NONE ? null : NOW.minusSeconds(age),
            null,
            new GpuReading.NotYet(),
            new SelfSample(OptionalDouble.empty(), OptionalLong.empty())));
  }
}
