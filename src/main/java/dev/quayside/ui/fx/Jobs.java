package dev.quayside.ui.fx;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts jobs, lists those that run and keeps the results of those that ended. Belongs to the FX
 * thread.
 */
public final class Jobs {

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final int KEPT = 50;

  private final ObservableList<Job> running = FXCollections.observableArrayList();
  private final ObservableList<Job> ended = FXCollections.observableArrayList();
  // Made once: a view that only its caller holds is collected, and the listeners on it with it.
  private final ObservableList<Job> runningView = FXCollections.unmodifiableObservableList(running);
  private final ObservableList<Job> endedView = FXCollections.unmodifiableObservableList(ended);
  private final Background background;
  private final Executor fx;
  private final InstantSource clock;

  /** Creates an empty list of jobs; {@code fx} carries their progress to the FX thread. */
  public Jobs(Background background, Executor fx, InstantSource clock) {
    this.background = background;
    this.fx = fx;
    this.clock = clock;
  }

  /** Returns the running jobs, oldest first. */
  public ObservableList<Job> running() {
    return runningView;
  }

  /** Returns the jobs that ended, newest first; the last fifty are kept. */
  public ObservableList<Job> ended() {
    return endedView;
  }

  /** Starts a job. It goes on when its page is left. */
  public <R> Job start(JobRequest<R> request) {
    Job job = new Job(request.title(), clock.instant(), request.cancellable());
    running.add(job);
    Subscription shown = FxFeed.observe(job.feed(), fx, job::show);
    background.run(
        () -> request.work().run(job.progress()),
        outcome -> finish(job, shown, request, outcome),
        problem -> finish(job, shown, request, new Outcome.Failed<>(problem)));
    return job;
  }

  private <R> void finish(Job job, Subscription shown, JobRequest<R> request, Outcome<R> outcome) {
    shown.close();
    try {
      end(job, request, outcome);
    } catch (RuntimeException | Error mistake) {
      // What the operation did is done, and the page is told; only the job's own words are missing.
      LOG.error("a job could not say how it ended", mistake);
      Problem problem = UnexpectedProblem.of(mistake);
      job.end(JobStatus.State.ATTENTION, problem.title(), problem);
    }
    job.show(job.feed().latest());
    running.remove(job);
    ended.addFirst(job);
    if (ended.size() > KEPT) {
      ended.removeLast();
    }
    request.then().accept(outcome);
  }

  private static <R> void end(Job job, JobRequest<R> request, Outcome<R> outcome) {
    switch (outcome) {
      case Outcome.Done<R>(R receipt) ->
          job.end(JobStatus.State.DONE, request.summary().apply(receipt), null);
      case Outcome.Found<R>(R receipt) ->
          job.end(JobStatus.State.FOUND, request.summary().apply(receipt), null);
      case Outcome.Attention<R>(R receipt, Problem problem) ->
          job.end(JobStatus.State.ATTENTION, problem.title(), problem);
      case Outcome.Failed<R>(Problem problem) ->
          job.end(JobStatus.State.FAILED, problem.title(), problem);
      case Outcome.Refused<R>(Problem problem) ->
          job.end(JobStatus.State.REFUSED, problem.title(), problem);
    }
  }

  /** Drops the kept results. */
  public void clearEnded() {
    ended.clear();
  }
}
