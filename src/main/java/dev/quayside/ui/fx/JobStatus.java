package dev.quayside.ui.fx;

import dev.quayside.common.Problem;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far a job is.
 *
 * @param state what it is doing
 * @param step number of the current step from 1; 0 before the first
 * @param steps how many steps there are; 0 while that is not known
 * @param text the current step in words, or how it ended
 * @param line the newest live line; may be empty
 * @param doneBytes bytes done in this step
 * @param totalBytes bytes of this step; 0 where no total is known
 * @param problem what went wrong; null unless it failed, was refused or needs attention
 */
public record JobStatus(
    State state,
    int step,
    int steps,
    String text,
    String line,
    long doneBytes,
    long totalBytes,
    @Nullable Problem problem) {

  /** Names what a job is doing or how it ended, after {@link dev.quayside.common.Outcome}. */
  public enum State {
    RUNNING,
    CANCELLING,
    DONE,
    FOUND,
    ATTENTION,
    FAILED,
    REFUSED;

    /** Returns whether it still runs. */
    public boolean running() {
      return this == RUNNING || this == CANCELLING;
    }
  }

  static JobStatus begun() {
    return new JobStatus(State.RUNNING, 0, 0, "", "", 0, 0, null);
  }

  /** Returns the share that is done, 0 to 1; empty while it cannot be told. */
  public OptionalDouble share() {
    if (!state.running()) {
      return OptionalDouble.of(1);
    }
    double inside = totalBytes > 0 ? Math.min(1.0, (double) doneBytes / totalBytes) : 0;
    if (steps > 0 && step > 0) {
      return OptionalDouble.of((step - 1 + inside) / steps);
    }
    return totalBytes > 0 ? OptionalDouble.of(inside) : OptionalDouble.empty();
  }

  JobStatus withStep(int number, int total, String words) {
    return new JobStatus(state, number, total, words, "", 0, 0, null);
  }

  JobStatus withBytes(long done, long total) {
    return new JobStatus(state, step, steps, text, line, done, total, null);
  }

  JobStatus withLine(String newest) {
    return new JobStatus(state, step, steps, text, newest, doneBytes, totalBytes, null);
  }

  JobStatus cancelling() {
    return new JobStatus(State.CANCELLING, step, steps, text, line, doneBytes, totalBytes, null);
  }

  JobStatus ended(State how, String words, @Nullable Problem why) {
    return new JobStatus(how, step, steps, words, "", doneBytes, totalBytes, why);
  }
}
