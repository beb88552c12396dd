package dev.quayside.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work off the FX thread; the test is worker and FX thread at once. */
final class BackgroundTest {

  private static final Problem FULL =
      new Problem("DISK-FULL", "No room", "The disk is full.", "Nothing.", "Make room.", null, "");

  private final Deque<Runnable> worker = new ArrayDeque<>();
  private final Deque<Runnable> fx = new ArrayDeque<>();
  private final Background background = new Background(worker::add, fx::add);
  private final List<Object> done = new ArrayList<>();
  private final List<Problem> failed = new ArrayList<>();

  private void runAll() {
    while (!worker.isEmpty() || !fx.isEmpty()) {
      (worker.isEmpty() ? fx : worker).remove().run();
    }
  }

  @Test
  void theResultArrivesOnTheFxThreadOnly() {
    background.run(() -> "read", done::add, failed::add);
    worker.remove().run();
    assertThat(done).isEmpty();
    runAll();
    assertThat(done).containsExactly("read");
    assertThat(failed).isEmpty();
  }

  @Test
  void anExpectedProblemArrivesAsItIs() {
    background.run(
        () -> {
          throw new ProblemException(FULL);
        },
        done::add,
        failed::add);
    runAll();
    assertThat(failed).containsExactly(FULL);
  }

  @Test
  void aMistakeArrivesWithoutItsMessageWhichMayHoldASecret() {
    background.run(
        () -> {
          throw new IllegalStateException("hunter2");
        },
        done::add,
        failed::add);
    runAll();
    assertThat(failed).singleElement().asString().doesNotContain("hunter2").contains("INTERNAL-");
  }

  @Test
  void anErrorArrivesTooSoThatNobodyWaitsForEver() {
    background.run(
        () -> {
          throw new StackOverflowError();
        },
        done::add,
        failed::add);
    runAll();
    assertThat(failed).singleElement().asString().contains("INTERNAL-");
  }

  @Test
  void theSameMistakeHasTheSameCodeAndAnotherPlaceAnother() {
    IllegalStateException here = new IllegalStateException("one");
    assertThat(UnexpectedProblem.of(here).code()).isEqualTo(UnexpectedProblem.of(here).code());
    assertThat(UnexpectedProblem.of(here).code())
        .isNotEqualTo(UnexpectedProblem.of(elsewhere()).code());
  }

  private static IllegalStateException elsewhere() {
    return new IllegalStateException("one");
  }

  @Test
  void onlyTheAnswerToTheNewestQuestionIsHandedOver() {
    Background.Newest newest = background.newest();
    newest.run(() -> "old", done::add, failed::add);
    newest.run(() -> "new", done::add, failed::add);
    Runnable late = worker.remove();
    runAll();
    late.run();
    runAll();
    assertThat(done).containsExactly("new");
  }

  @Test
  void aForgottenQuestionIsNotAnswered() {
    Background.Newest newest = background.newest();
    newest.run(
        () -> {
          throw new ProblemException(FULL);
        },
        done::add,
        failed::add);
    newest.forget();
    runAll();
    assertThat(failed).isEmpty();
  }
}
