package dev.quayside.engine;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Notices that an engine has fallen silent: a second after its last answer or event it asks for a
 * sign of life. A dead engine ends its stream by itself; this is for one that is stopped or hangs.
 *
 * <p>It asks on a platform thread of its own, because it does so once a second for as long as
 * Quayside runs: handing each question to a virtual thread costs ten times what asking costs.
 */
final class LifeWatch implements AutoCloseable {

  // With the deadline of a local engine's answer a loss shows within two seconds.
  private static final long SILENCE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Engine engine;
  private final LongSupplier nanoClock;
  private final Consumer<Problem> onSilence;
  private final Thread thread;
  private volatile long lastLife;
  private volatile boolean closed;

  private LifeWatch(Engine engine, LongSupplier nanoClock, Consumer<Problem> onSilence) {
    this.engine = engine;
    this.nanoClock = nanoClock;
    this.onSilence = onSilence;
    this.lastLife = nanoClock.getAsLong();
    this.thread = Thread.ofPlatform().daemon().name("engine-life").unstarted(this::watch);
  }

  /**
   * Starts to watch.
   *
   * @param onSilence called once, on the watching thread, when the engine is given up; must only
   *     pass on
   */
  static LifeWatch start(Engine engine, LongSupplier nanoClock, Consumer<Problem> onSilence) {
    LifeWatch watch = new LifeWatch(engine, nanoClock, onSilence);
    watch.thread.start();
    return watch;
  }

  /** Notes that the engine has just shown life by itself; from any thread. */
  void seen() {
    lastLife = nanoClock.getAsLong();
  }

  private void watch() {
    while (!closed) {
      long now = nanoClock.getAsLong();
      long rest = lastLife + SILENCE_NANOS - now;
      if (rest > 0) {
        LockSupport.parkNanos(this, rest);
      } else if (!answers(now)) {
        return;
      }
    }
  }

  private boolean answers(long since) {
    try {
      engine.ping();
      seen();
      return true;
    } catch (ProblemException e) {
      Problem problem = e.problem();
      boolean silent = problem.code().equals(EngineFault.ENGINE_NO_ANSWER.code());
      if (silent && lastLife - since > 0) {
        // Slow, but alive: something else was answered in the meantime.
        return true;
      }
      onSilence.accept(problem);
    } catch (RuntimeException e) {
      // A mistake of ours counts as a loss, not as silence that nobody notices.
      onSilence.accept(EngineFault.ENGINE_INTERNAL_ERROR.exception(e).problem());
    }
    return false;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
