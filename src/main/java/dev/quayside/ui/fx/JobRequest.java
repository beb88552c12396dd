package dev.quayside.ui.fx;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Describes a job to start.
 *
 * @param title its name, for people: {@code Back up dream-server}
 * @param cancellable whether the work looks at {@link Progress#cancelled()}
 * @param work the operation; runs on a worker
 * @param summary tells in one line what the receipt says
 * @param then told the outcome on the FX thread, after the job shows it
 * @param <R> the receipt
 */
public record JobRequest<R>(
    String title,
    boolean cancellable,
    JobWork<R> work,
    Function<? super R, String> summary,
    Consumer<? super Outcome<R>> then) {

  /**
   * Is the operation of a job.
   *
   * @param <R> the receipt
   */
  @FunctionalInterface
  public interface JobWork<R> {
    /** Runs it to its end. */
    Outcome<R> run(Progress progress) throws Exception;
  }
}
