package dev.quayside.ui.guard;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Watches every test that carries {@code @Tag("window")}, without being asked: starts the toolkit
 * before the first one, and fails a test during which {@link WindowFaults} saw anything. A test
 * that provokes faults takes them as a parameter and empties them.
 */
public final class WindowGuard
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(WindowGuard.class);
  private static final long PATIENCE_SECONDS = 60;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (guarded(context)) {
      startToolkit();
      faults(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    if (guarded(context)) {
      WindowFaults faults = faults(context);
      faults.take();
      context
          .getStore(NAMESPACE)
          .put(Restore.class, of(Thread.getDefaultUncaughtExceptionHandler()));
      Thread.setDefaultUncaughtExceptionHandler(faults::uncaught);
    }
  }

  private static Restore of(UncaughtExceptionHandler before) {
    return () -> Thread.setDefaultUncaughtExceptionHandler(before);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (!guarded(context)) {
      return;
    }
    // What is queued behind the test's last step belongs to the test.
    roundTrip();
    context.getStore(NAMESPACE).get(Restore.class, Restore.class).restore();
    List<String> seen = faults(context).take();
    if (!seen.isEmpty()) {
      throw new AssertionError("while the window was tested:\n  " + String.join("\n  ", seen));
    }
  }

  private static boolean guarded(ExtensionContext context) {
    return context.getTags().contains("window");
  }

  private static WindowFaults faults(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(WindowFaults.class, key -> begin(), WindowFaults.class);
  }

  /** The first window of a JVM loads fonts, style sheets and some thousand classes. */
  private static WindowFaults begin() {
    try {
      FirstWindow.showOnce();
      roundTrip();
    } catch (Exception failed) {
      throw new IllegalStateException("no window can be shown", failed);
    }
    return new WindowFaults();
  }

  private static void startToolkit() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    try {
      Platform.startup(started::countDown);
    } catch (IllegalStateException runsAlready) {
      started.countDown();
    }
    if (!started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the toolkit did not start");
    }
    Platform.setImplicitExit(false);
  }

  private static void roundTrip() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    Platform.runLater(answered::countDown);
    if (!answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the FX thread does not answer any more");
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(WindowFaults.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return faults(context);
  }

  /** Puts back the handler that was there before the test. */
  private interface Restore {
    void restore();
  }
}
