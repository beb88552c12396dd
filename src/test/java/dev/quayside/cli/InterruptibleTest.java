package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a signal does to a verb, at each moment. */
class InterruptibleTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void beforeTheOperationItEndsAtOnceAndSaysThatNothingWasChanged() {
    Interruptible interruptible = Interruptible.unwatched(terminal(false));
    interruptible.stop();

    assertThat(err.toString().lines()).containsExactly("Stopped. Nothing was changed.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anOperationIsNotBegunAfterASignal() {
    Interruptible interruptible = Interruptible.unwatched(terminal(false));
    interruptible.stop();
    AtomicBoolean begun = new AtomicBoolean();

    assertThatThrownBy(() ->
            interruptible.run(progress -> {
              begun.set(true);
              return 1;
            }))
        .isInstanceOf(CancellationException.class);
    assertThat(begun).isFalse();
  }

  @Test
  void programsGetADocumentOfIt() {
    Interruptible.unwatched(terminal(true)).stop();

    assertThat(Schemas.faults(out.toString())).isEmpty();
    assertThat(out.toString()).contains("\"exitCode\" : 130", "Nothing was changed.");
  }

  @Test
  void duringTheOperationItIsAskedToStopAndTheEndWaitsForItsWord() throws Exception {
    Terminal terminal = terminal(false);
    Interruptible interruptible = Interruptible.unwatched(terminal);
    Thread signal = new Thread(interruptible::stop);
    try (interruptible) {
      interruptible.run(progress -> {
        signal.start();
        while (!progress.cancelled()) {
          Thread.onSpinWait();
        }
        return 1;
      });
      // The word on what became of it comes after the operation, and must not be lost.
      assertThat(signal.isAlive()).isTrue();
      terminal.note("put back");
    }
    signal.join();

    assertThat(err.toString()).contains("Stopping after this step", "put back");
    assertThat(err.toString()).doesNotContain("Nothing was changed");
  }

  @Test
  void whileAPersonIsAskedItEndsAtOnce() {
    Interruptible interruptible = Interruptible.unwatched(terminal(false));
    interruptible.begin();
    interruptible.pause();
    interruptible.stop();

    assertThat(err.toString().lines()).containsExactly("Stopped. Nothing was changed.");
  }

  private Terminal terminal(boolean forPrograms) {
    return new Terminal(new PrintWriter(out), new PrintWriter(err), forPrograms);
  }
}
