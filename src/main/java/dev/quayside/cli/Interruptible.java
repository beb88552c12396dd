package dev.quayside.cli;

import dev.quayside.common.Progress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Runs an operation that changes things so that Ctrl+C or a termination signal stops it between two
 * steps instead of in the middle of one: the signal sets the flag and waits for the operation to
 * put things in order.
 */
final class Interruptible {

  private static final long GRACE_SECONDS = 120;

  private Interruptible() {}

  static <R> R run(Terminal terminal, Function<Progress, R> operation) {
    AtomicBoolean stopped = new AtomicBoolean();
    CountDownLatch finished = new CountDownLatch(1);
    Thread onSignal = new Thread(() -> await(stopped, finished), "stop-in-order");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      return operation.apply(new LineProgress(terminal, stopped));
    } finally {
      finished.countDown();
      remove(onSignal);
    }
  }

  private static void await(AtomicBoolean stopped, CountDownLatch finished) {
    stopped.set(true);
    try {
      if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        // The write-ahead record remains: the next start finishes or puts back.
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running already, which is what it is for.
      return;
    }
  }
}
