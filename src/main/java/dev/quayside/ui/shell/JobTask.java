package dev.quayside.ui.shell;

import dev.quayside.common.Messages;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobStatus;
import javafx.beans.value.ChangeListener;
import javafx.concurrent.Task;

/**
 * Shows a job to ControlsFX's list of tasks, which knows tasks only; its value is the live line. It
 * is never run.
 */
final class JobTask extends Task<String> {

  private final Job job;
  private final Messages messages;
  private final ChangeListener<JobStatus> follow = (source, before, now) -> show(now);

  JobTask(Job job, Messages messages) {
    this.job = job;
    this.messages = messages;
    updateTitle(job.title());
    job.status().addListener(follow);
    show(job.status().get());
  }

  Job job() {
    return job;
  }

  void end() {
    job.status().removeListener(follow);
  }

  private void show(JobStatus now) {
    updateMessage(text(messages, now));
    updateValue(now.line());
    updateProgress(now.share().orElse(-1), 1);
  }

  /** Writes how far a job is: step n of m and what it does, or how it ended. */
  static String text(Messages messages, JobStatus now) {
    if (now.state() == JobStatus.State.CANCELLING) {
      return messages.get("job.cancelling", now.text());
    }
    if (now.state().running() && now.steps() > 0) {
      return messages.get("job.step", now.step(), now.steps(), now.text());
    }
    return now.text().isEmpty() ? messages.get("job.begun") : now.text();
  }

  @Override
  public boolean cancel(boolean interrupt) {
    // The job ends itself, at a step where it can say what is left behind.
    job.cancel();
    return false;
  }

  @Override
  protected String call() {
    throw new UnsupportedOperationException("a job runs elsewhere");
  }
}
