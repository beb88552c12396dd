package dev.quayside.ui.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.fx.PulseWatchdog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Does what no window may do, and looks whether the guard of all window tests sees it. */
@Tag("window")
final class WindowGuardTest {

  @Test
  void aStallOfTheFxThreadIsAFault(WindowFaults faults) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Platform.runLater(() -> waitFor(never, PulseWatchdog.FAIL.toMillis() + 500));
    assertThat(awaited(faults)).singleElement().asString().contains("stood still");
  }

  @Test
  void whatASlowMachineNeedsForItsWorkIsNoFault(WindowFaults faults) throws Exception {
    CountDownLatch worked = new CountDownLatch(1);
    long work = PulseWatchdog.FAIL.toNanos() * 3 / 2;
    Platform.runLater(() -> {
      long end = System.nanoTime() + work;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      worked.countDown();
    });
    worked.await();
    assertThat(faults.take()).isEmpty();
  }

  @Test
  void anExceptionOnTheFxThreadIsAFault(WindowFaults faults) throws Exception {
    Platform.runLater(() -> {
      throw new IllegalStateException("thrown on purpose");
    });
    assertThat(awaited(faults)).singleElement().asString().contains("thrown on purpose");
  }

  @Test
  void anExceptionOnAnyOtherThreadIsAFault(WindowFaults faults) throws Exception {
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              throw new IllegalStateException("thrown on purpose");
            });
    thread.join();
    assertThat(awaited(faults)).singleElement().asString().contains("thrown on purpose");
  }

  @Test
  void anErrorInOurLogIsAFault(WindowFaults faults) throws Exception {
    LoggerFactory.getLogger("dev.quayside.test").error("logged on purpose");
    assertThat(awaited(faults)).singleElement().asString().contains("logged on purpose");
  }

  @Test
  void aStyleThatCannotBeReadIsAFault(WindowFaults faults) throws Exception {
    Platform.runLater(() -> {
      Label label = new Label("styled");
      label.setStyle("-fx-text-fill: -no-such-colour;");
      Stage stage = new Stage();
      stage.setScene(new Scene(label, 100, 100));
      stage.show();
      stage.hide();
    });
    assertThat(awaited(faults)).first().asString().contains("javafx.css");
  }

  @Test
  void aNameThatOurSheetsDefineIsNoTypo() {
    String warning = "Could not resolve '%s' while resolving lookups for '-fx-fill' from rule";
    assertThat(StyleNames.defined(warning.formatted("-color-fg-muted"))).isTrue();
    assertThat(StyleNames.defined(warning.formatted("-quay-teal"))).isTrue();
    assertThat(StyleNames.defined(warning.formatted("-no-such-colour"))).isFalse();
    assertThat(StyleNames.defined("another warning about '-quay-teal'")).isFalse();
  }

  private static void waitFor(CountDownLatch latch, long milliseconds) {
    try {
      latch.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the faults as soon as there are any; asks the FX thread again and again. */
  private static List<String> awaited(WindowFaults faults) throws Exception {
    List<String> seen = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (seen.isEmpty() && System.nanoTime() < end) {
      CountDownLatch answered = new CountDownLatch(1);
      Platform.runLater(answered::countDown);
      answered.await(5, TimeUnit.SECONDS);
      seen.addAll(faults.take());
    }
    return seen;
  }
}
