package dev.quayside.exposure.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TickerTest {

  private final Ticker ticker = new Ticker(Duration.ofHours(1));

  @Test
  void theFirstTickIsDueAtOnce() {
    assertThat(ticker.awaitTick()).isTrue();
  }

  @Test
  void aFasterPaceIsDueAtOnce() throws Exception {
    ticker.awaitTick();
    CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(ticker::awaitTick);
    ticker.period(Duration.ofMinutes(1));
    assertThat(next.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closingEndsTheWait() throws Exception {
    ticker.awaitTick();
    CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(ticker::awaitTick);
    ticker.close();
    assertThat(next.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(ticker.awaitTick()).isFalse();
  }
}
