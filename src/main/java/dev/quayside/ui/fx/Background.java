package dev.quayside.ui.fx;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work off the FX thread and brings its result, or its problem, back to it. Nothing vanishes
 * in a pool.
 */
public final class Background {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private final Executor workers;
  private final Executor fx;

  /** Creates a runner; tests hand in executors that run at once. */
  public Background(Executor workers, Executor fx) {
    this.workers = workers;
    this.fx = fx;
  }

  /** Returns a runner that starts a virtual thread for each piece of work. */
  public static Background onVirtualThreads() {
    return new Background(task -> Thread.ofVirtual().name("work").start(task), FxThread.executor());
  }

  /**
   * Runs {@code work} on a worker, then one of the two receivers on the FX thread.
   *
   * @param work may block and throw; a {@link ProblemException} reaches {@code failed} as its
   *     problem, anything else as an internal problem that is logged too
   */
  public <T> void run(Work<T> work, Consumer<? super T> done, Consumer<? super Problem> failed) {
    workers.execute(() -> {
      try {
        T result = work.run();
        fx.execute(() -> done.accept(result));
      } catch (ProblemException expected) {
        fx.execute(() -> failed.accept(expected.problem()));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        fx.execute(() -> failed.accept(UnexpectedProblem.of(interrupted)));
      } catch (Throwable unexpected) {
        // Also an Error: whoever waits for the answer, such as a job, would wait for ever.
        LOG.error("background work failed", unexpected);
        fx.execute(() -> failed.accept(UnexpectedProblem.of(unexpected)));
      }
    });
  }

  /**
   * Returns a runner that hands over only the answer to its newest question; late answers to older
   * ones are dropped.
   */
  public Newest newest() {
    return new Newest(this);
  }

  /**
   * Does something that may block or throw.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws Exception;
  }

  /** Asks one question after the other and forgets the answers to all but the newest. */
  public static final class Newest {

    private final Background background;
    private final AtomicLong asked = new AtomicLong();

    private Newest(Background background) {
      this.background = background;
    }

    /**
     * Runs {@code work} as {@link Background#run} does, unless a newer question was asked
     * meanwhile.
     */
    public <T> void run(Work<T> work, Consumer<? super T> done, Consumer<? super Problem> failed) {
      long number = asked.incrementAndGet();
      background.run(
          work,
          result -> {
            if (number == asked.get()) {
              done.accept(result);
            }
          },
          problem -> {
            if (number == asked.get()) {
              failed.accept(problem);
            }
          });
    }

    /** Drops the answer that is still on its way, if any. */
    public void forget() {
      asked.incrementAndGet();
    }
  }
}
