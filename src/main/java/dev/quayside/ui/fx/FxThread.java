package dev.quayside.ui.fx;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/**
 * Crosses to the FX thread and checks who is on it. Nothing else calls {@code Platform.runLater}.
 */
public final class FxThread {

  private FxThread() {}

  /** Runs {@code task} on the FX thread, later, in the order of the calls. */
  public static void later(Runnable task) {
    Platform.runLater(task);
  }

  /** Returns an executor that runs its tasks on the FX thread. */
  public static Executor executor() {
    return FxThread::later;
  }

  /** Throws unless the caller is on the FX thread. */
  public static void check() {
    if (!Platform.isFxApplicationThread()) {
      throw new IllegalStateException("only the FX thread may do this");
    }
  }

  /** Throws if the caller is on the FX thread: I/O and waiting are not for it. */
  public static void checkNot() {
    if (Platform.isFxApplicationThread()) {
      throw new IllegalStateException("the FX thread must not do this");
    }
  }
}
