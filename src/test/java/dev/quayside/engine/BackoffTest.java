package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void growsFromAQuarterOfASecondToFiveAndStartsAnewAfterASuccess() {
    Backoff backoff = new Backoff(new Random(1));
    Duration longest = Duration.ZERO;
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(250));
    for (int i = 0; i < 100; i++) {
      Duration pause = backoff.next();
      assertThat(pause).isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
      longest = pause.compareTo(longest) > 0 ? pause : longest;
    }

    assertThat(longest).isGreaterThan(Duration.ofSeconds(4));
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(250));
  }
}
