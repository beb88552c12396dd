package dev.quayside.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.ui.guard.Garbage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

/** Jobs without a window: the test drives the worker and the FX thread itself. */
final class JobsTest {

  private static final Problem FULL =
      new Problem("DISK-FULL", "No room", "The disk is full.", "Nothing.", "Make room.", null, "");

  private final Deque<Runnable> worker = new ArrayDeque<>();
  private final Deque<Runnable> fx = new ArrayDeque<>();
  private final Background background = new Background(worker::add, fx::add);
  private final Jobs jobs =
      new Jobs(background, fx::add, InstantSource.fixed(Instant.parse("2026-03-14T09:26:53Z")));
  private final List<Outcome<String>> told = new ArrayList<>();

  private Job start(JobRequest.JobWork<String> work, boolean cancellable) {
    return jobs.start(
        new JobRequest<>(
            "Back up one", cancellable, work, receipt -> "made " + receipt, told::add));
  }

  private static void runAll(Deque<Runnable> tasks) {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void aJobIsListedWhileItRunsAndKeptWithItsSummaryAfterwards() {
    Job job = start(progress -> new Outcome.Done<>("archive"), false);
    assertThat(jobs.running()).containsExactly(job);

    runAll(worker);
    runAll(fx);

    assertThat(jobs.running()).isEmpty();
    assertThat(jobs.ended()).containsExactly(job);
    assertThat(job.status().get().state()).isEqualTo(JobStatus.State.DONE);
    assertThat(job.status().get().text()).isEqualTo("made archive");
    assertThat(told).hasSize(1);
  }

  @Test
  void everyEndIsShownAsWhatItIs() {
    start(progress -> new Outcome.Found<>("two findings"), false);
    start(progress -> new Outcome.Attention<>("half", FULL), false);
    start(progress -> new Outcome.Failed<>(FULL), false);
    start(progress -> new Outcome.Refused<>(FULL), false);
    runAll(worker);
    runAll(fx);

    assertThat(jobs.ended().stream().map(job -> job.status().get().state()))
        .containsExactly(
            JobStatus.State.REFUSED,
            JobStatus.State.FAILED,
            JobStatus.State.ATTENTION,
            JobStatus.State.FOUND);
    assertThat(jobs.ended().getFirst().status().get().problem()).isEqualTo(FULL);
  }

  @Test
  void aJobThatThrowsFailsWithItsProblem() {
    Job job =
        start(
            progress -> {
              throw new ProblemException(FULL);
            },
            false);
    runAll(worker);
    runAll(fx);

    assertThat(job.status().get().state()).isEqualTo(JobStatus.State.FAILED);
    assertThat(job.status().get().problem()).isEqualTo(FULL);
    assertThat(jobs.running()).isEmpty();
    assertThat(told).singleElement().isEqualTo(new Outcome.Failed<>(FULL));
  }

  @Test
  void aMistakeOfOursEndsTheJobToo() {
    Job job =
        start(
            progress -> {
              throw new IllegalStateException("words that may hold a secret");
            },
            false);
    runAll(worker);
    runAll(fx);

    assertThat(job.status().get().state()).isEqualTo(JobStatus.State.FAILED);
    assertThat(job.status().get().problem()).isNotNull();
    assertThat(job.status().get().problem().toString()).doesNotContain("may hold a secret");
    assertThat(jobs.running()).isEmpty();
  }

  @Test
  void anErrorEndsTheJobToo() {
    Job job =
        start(
            progress -> {
              throw new OutOfMemoryError("on purpose");
            },
            false);
    runAll(worker);
    runAll(fx);

    assertThat(job.status().get().state()).isEqualTo(JobStatus.State.FAILED);
    assertThat(jobs.running()).isEmpty();
    assertThat(told).hasSize(1);
  }

  @Test
  void aJobWhoseSummaryFailsIsOffTheListAndItsPageIsTold() {
    Job job =
        jobs.start(
            new JobRequest<String>(
                "Back up one",
                false,
                progress -> new Outcome.Done<>("archive"),
                receipt -> {
                  throw new IllegalStateException("on purpose");
                },
                told::add));
    runAll(worker);
    runAll(fx);

    assertThat(jobs.running()).isEmpty();
    assertThat(jobs.ended()).containsExactly(job);
    assertThat(job.status().get().state()).isEqualTo(JobStatus.State.ATTENTION);
    assertThat(told).containsExactly(new Outcome.Done<>("archive"));
  }

  @Test
  void cancellingIsSeenByTheWorkWhichSaysItselfWhatIsLeft() {
    Job job =
        start(
            progress ->
                progress.cancelled() ? new Outcome.Failed<>(FULL) : new Outcome.Done<>("all"),
            true);
    job.cancel();
    runAll(fx);
    assertThat(job.status().get().state()).isEqualTo(JobStatus.State.CANCELLING);
    assertThat(jobs.running()).containsExactly(job);

    runAll(worker);
    runAll(fx);
    assertThat(job.status().get().state()).isEqualTo(JobStatus.State.FAILED);

    job.cancel();
    runAll(fx);
    assertThat(job.status().get().state()).isEqualTo(JobStatus.State.FAILED);
  }

  @Test
  void aJobThatCannotBeCancelledIsNot() {
    Job job = start(progress -> new Outcome.Done<>("all"), false);
    job.cancel();
    runAll(fx);
    assertThat(job.status().get().state()).isEqualTo(JobStatus.State.RUNNING);
  }

  @Test
  void progressReachesTheFxThreadAsItsNewestStateOnly() {
    Job job =
        start(
            progress -> {
              for (int step = 1; step <= 100; step++) {
                progress.step(step, 100, "step " + step);
              }
              progress.bytes(1, 2);
              return new Outcome.Done<>("all");
            },
            false);
    runAll(fx);
    List<JobStatus> seen = new ArrayList<>();
    job.status().addListener((source, before, now) -> seen.add(now));

    worker.remove().run();
    fx.remove().run();

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().step()).isEqualTo(100);
    assertThat(seen.getFirst().share()).hasValue(0.995);
  }

  @Test
  void onlyTheLastFiftyResultsAreKept() {
    for (int i = 0; i < 60; i++) {
      start(progress -> new Outcome.Done<>("all"), false);
      runAll(worker);
      runAll(fx);
    }
    assertThat(jobs.ended()).hasSize(50);
    jobs.clearEnded();
    assertThat(jobs.ended()).isEmpty();
  }

  @Test
  void whoListensIsToldAlsoAfterTheCollectorRan() throws Exception {
    AtomicInteger changes = new AtomicInteger();
    jobs.running().addListener((ListChangeListener<Job>) change -> changes.incrementAndGet());
    jobs.ended().addListener((ListChangeListener<Job>) change -> changes.incrementAndGet());
    Garbage.collect();

    start(progress -> new Outcome.Done<>("all"), false);
    runAll(worker);
    runAll(fx);

    assertThat(changes).hasValue(3);
  }
}
