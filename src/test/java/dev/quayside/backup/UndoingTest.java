package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoingTest {

  @Test
  void aStepThatFailsKeepsNoOtherFromBeingTried() {
    IOException cause = new IOException("disk full");
    List<String> taken = new ArrayList<>();
    Undoing undoing = new Undoing(cause);

    assertThat(
            undoing.attempt(() -> {
              throw new IOException("still full");
            }))
        .isFalse();
    assertThat(undoing.attempt(() -> taken.add("removed"))).isTrue();

    assertThat(taken).containsExactly("removed");
    assertThat(cause.getSuppressed()).hasSize(1);
  }

  @Test
  void anInterruptWaitsUntilItIsOver() {
    Thread.currentThread().interrupt();
    Undoing undoing = new Undoing(new IOException("interrupted"));
    List<Boolean> seen = new ArrayList<>();
    undoing.attempt(() -> seen.add(Thread.currentThread().isInterrupted()));
    undoing.end();

    assertThat(seen).containsExactly(false);
    assertThat(Thread.interrupted()).isTrue();
  }
}
