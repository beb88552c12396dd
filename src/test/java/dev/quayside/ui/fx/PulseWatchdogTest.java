package dev.quayside.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The watchdog over a thread that the test stands for. */
final class PulseWatchdogTest {

  private final BlockingQueue<Runnable> fx = new LinkedBlockingQueue<>();
  private final BlockingQueue<Duration> stalls = new LinkedBlockingQueue<>();

  @Test
  void aStallOfASecondIsReportedWithItsLengthAndAnswersInTimeAreNot() throws Exception {
    try (PulseWatchdog watchdog = PulseWatchdog.start(fx::add, Duration.ofMillis(1), stalls::add)) {
      for (int i = 0; i < 20; i++) {
        fx.take().run();
      }
      Runnable late = fx.take();
      CountDownLatch stalled = new CountDownLatch(1);
      stalled.await(PulseWatchdog.FAIL.toMillis() + 100, TimeUnit.MILLISECONDS);
      late.run();

      Duration length = stalls.poll(30, TimeUnit.SECONDS);
      assertThat(length).isNotNull().isGreaterThanOrEqualTo(PulseWatchdog.FAIL);
      assertThat(stalls).isEmpty();
    }
  }

  @Test
  void aClosedWatchdogAsksNoMore() throws Exception {
    PulseWatchdog watchdog = PulseWatchdog.start(fx::add, Duration.ofMillis(1), stalls::add);
    fx.take().run();
    watchdog.close();
    // One question may be on its way.
    Runnable last = fx.poll(500, TimeUnit.MILLISECONDS);
    if (last != null) {
      last.run();
    }
    assertThat(fx.poll(300, TimeUnit.MILLISECONDS)).isNull();
    assertThat(stalls).isEmpty();
  }
}
