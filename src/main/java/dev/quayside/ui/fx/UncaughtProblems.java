package dev.quayside.ui.fx;

import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Catches what nobody caught, on any thread: logs it always, shows it once for each code. */
public final class UncaughtProblems {

  private static final Logger LOG = LoggerFactory.getLogger(UncaughtProblems.class);

  private final Set<String> shown = ConcurrentHashMap.newKeySet();
  private final Consumer<? super Problem> display;

  /** Creates a handler that hands problems to {@code display} on the FX thread. */
  public UncaughtProblems(Consumer<? super Problem> display) {
    this.display = display;
  }

  /**
   * Makes this the handler of all threads without one of their own, until the subscription is
   * closed; then the one before is again.
   */
  public Subscription install() {
    UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, mistake) -> handle(mistake));
    return () -> Thread.setDefaultUncaughtExceptionHandler(before);
  }

  /** Logs {@code mistake} and shows it unless one with the same code was shown already. */
  public void handle(Throwable mistake) {
    LOG.error("uncaught", mistake);
    Problem problem = UnexpectedProblem.of(mistake);
    if (shown.add(problem.code())) {
      FxThread.later(() -> display.accept(problem));
    }
  }
}
