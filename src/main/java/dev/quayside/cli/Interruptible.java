package dev.quayside.cli;

import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Lets Ctrl+C or a termination signal stop a verb in order. Before its operation has begun the
 * signal ends it at once, and says that nothing was changed. While the operation runs the signal
 * asks it to stop between two steps, and waits until it has put things in order and has said what
 * became of it.
 */
final class Interruptible implements AutoCloseable {

  // Longer than Compose gets: cut off in its middle it leaves a service without a container.
  private static final long GRACE_SECONDS = 11 * 60;

  private enum Phase {
    BEFORE,
    DURING,
    STOPPED
  }

  private final Terminal terminal;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch told = new CountDownLatch(1);
  private final Thread onSignal = new Thread(this::stop, "stop-in-order");
  private Phase phase = Phase.BEFORE;

  private Interruptible(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Watches for signals until it is closed, which is when the verb has said all it has to say. */
  static Interruptible watching(Terminal terminal) {
    Interruptible interruptible = new Interruptible(terminal);
    Runtime.getRuntime().addShutdownHook(interruptible.onSignal);
    return interruptible;
  }

  /** Returns one that no signal reaches; its {@link #stop()} has to be called. */
  static Interruptible unwatched(Terminal terminal) {
    return new Interruptible(terminal);
  }

  /**
   * Runs what changes things.
   *
   * @throws CancellationException if the verb was stopped before; nothing may be begun then
   */
  <R> R run(Function<Progress, R> operation) {
    begin();
    return operation.apply(new LineProgress(terminal, stopped));
  }

  /** Begins what a signal must not cut off. */
  synchronized void begin() {
    if (phase == Phase.STOPPED) {
      throw new CancellationException();
    }
    phase = Phase.DURING;
  }

  /** Ends it again; if a signal has come meanwhile, the verb ends here. */
  synchronized void pause() {
    phase = Phase.BEFORE;
    if (stopped.get()) {
      phase = Phase.STOPPED;
      terminal.refuseInOneLine(nothingMore(), ExitCode.INTERRUPTED);
      throw new CancellationException();
    }
  }

  /** Does what a signal has to do: returns when the process may end. */
  void stop() {
    if (endsAtOnce()) {
      return;
    }
    terminal.note(terminal.text("stop.waiting"));
    try {
      if (!told.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        // A write-ahead record remains where there was one: the next start finishes or puts back.
        terminal.note(terminal.text("stop.cut-off"));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean endsAtOnce() {
    stopped.set(true);
    if (phase == Phase.BEFORE) {
      phase = Phase.STOPPED;
      terminal.refuseInOneLine(nothing(), ExitCode.INTERRUPTED);
    }
    return phase == Phase.STOPPED;
  }

  private Problem nothing() {
    return problem(terminal.text("stop.nothing"));
  }

  private Problem nothingMore() {
    return problem(terminal.text("stop.nothing-more"));
  }

  private Problem problem(String unchanged) {
    String title = terminal.text("stop.title");
    return new Problem("STOPPED", title, "", unchanged, terminal.text("stop.next"), null, "");
  }

  @Override
  public void close() {
    told.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running already, which is what it is for.
      return;
    }
  }
}
