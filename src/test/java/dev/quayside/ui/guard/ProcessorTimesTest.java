package dev.quayside.ui.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProcessorTimesTest {

  @Test
  void aLookThatComesLateSaysThatAllWereHeldNotThatOneStood() {
    long second = Duration.ofSeconds(1).toNanos();

    long held = ProcessorTimes.heldOf(second);

    assertThat(Duration.ofNanos(held)).isEqualTo(Duration.ofMillis(900));
    assertThat(ProcessorTimes.heldOf(Duration.ofMillis(60).toNanos())).isZero();
  }
}
