package dev.quayside.telemetry.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApartTest {

  private final Apart apart = new Apart();

  @Test
  void aReadingThatFailsGivesWhatWasSaidForThatAndTheNextOneCounts() {
    assertThat(apart.<String>read("it", () -> fail(), RuntimeException::getMessage))
        .isEqualTo("broken");
    assertThat(apart.read("it", () -> "read", RuntimeException::getMessage)).isEqualTo("read");
  }

  private static String fail() {
    throw new IllegalStateException("broken");
  }
}
