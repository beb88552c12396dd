package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {

  @Test
  void whatNobodyCaughtIsAnInternalErrorAndNotAnOrderlyFailure() {
    assertThat(Main.status(() -> 4)).isEqualTo(4);
    assertThat(
            Main.status(() -> {
              throw new StackOverflowError("deep");
            }))
        .isEqualTo(70);
    assertThat(
            Main.status(() -> {
              throw new IllegalStateException("odd");
            }))
        .isEqualTo(70);
  }
}
