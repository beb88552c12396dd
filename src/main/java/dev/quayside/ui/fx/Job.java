package dev.quayside.ui.fx;

import dev.quayside.common.Feed;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Is one user action in progress, and afterwards its kept result. Made by {@link Jobs}. Its words
 * may hold names that others chose; they are made safe to show.
 */
public final class Job {

  private static final int LONGEST = 200;

  private final String title;
  private final Instant started;
  private final boolean cancellable;
  private final Feed<JobStatus> feed = new Feed<>(JobStatus.begun());
  private final ReadOnlyObjectWrapper<JobStatus> status =
      new ReadOnlyObjectWrapper<>(JobStatus.begun());

  Job(String title, Instant started, boolean cancellable) {
    this.title = ForeignText.line(title, LONGEST);
    this.started = started;
    this.cancellable = cancellable;
  }

  /** Returns its name, for people. */
  public String title() {
    return title;
  }

  /** Returns when it was started. */
  public Instant started() {
    return started;
  }

  /** Returns whether it can be asked to stop. */
  public boolean cancellable() {
    return cancellable;
  }

  /** Returns how far it is; changes on the FX thread only. */
  public ReadOnlyObjectProperty<JobStatus> status() {
    return status.getReadOnlyProperty();
  }

  /** Asks it to stop at the next step; it says itself what was left behind. */
  public void cancel() {
    if (cancellable) {
      change(now -> now.state() == JobStatus.State.RUNNING ? now.cancelling() : now);
    }
  }

  Feed<JobStatus> feed() {
    return feed;
  }

  void show(JobStatus newest) {
    status.set(newest);
  }

  void end(JobStatus.State how, String words, @Nullable Problem why) {
    change(now -> now.ended(how, ForeignText.line(words, LONGEST), why));
  }

  private synchronized void change(UnaryOperator<JobStatus> step) {
    feed.publish(step.apply(feed.latest()));
  }

  Progress progress() {
    return new Progress() {
      @Override
      public void step(int number, int total, String text) {
        change(now -> now.withStep(number, total, ForeignText.line(text, LONGEST)));
      }

      @Override
      public void bytes(long done, long total) {
        change(now -> now.withBytes(done, total));
      }

      @Override
      public void line(String text) {
        change(now -> now.withLine(ForeignText.line(text, LONGEST)));
      }

      @Override
      public boolean cancelled() {
        return feed.latest().state() == JobStatus.State.CANCELLING;
      }
    };
  }
}
