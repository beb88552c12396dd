package dev.quayside.app;

import dev.quayside.common.Home;
import dev.quayside.common.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Is a window's claim to the folders it works with. Two windows on one home do no harm, because
 * every change takes a lock of its own; the second says that it isn't alone, so that nobody wonders
 * who made a change.
 */
final class WindowClaim implements AutoCloseable {

  private static final String NAME = "window.lock";

  private final @Nullable ProcessLock lock;
  private final boolean alone;

  private WindowClaim(@Nullable ProcessLock lock, boolean alone) {
    this.lock = lock;
    this.alone = alone;
  }

  /** Takes the claim unless another window has it; reads and writes files. */
  static WindowClaim take(Home home) {
    Path file = home.state().resolve(NAME);
    try {
      home.create();
      ProcessLock lock = ProcessLock.acquire(file, Duration.ZERO);
      return new WindowClaim(lock, lock != null);
    } catch (IOException e) {
      // Whether there is another window isn't known then; whatever needs the folder says so itself.
      LoggerFactory.getLogger(WindowClaim.class).warn("{}: {}", file, e.toString());
      return new WindowClaim(null, true);
    }
  }

  /** Returns false only if another window is known to work with the same folders. */
  boolean alone() {
    return alone;
  }

  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(WindowClaim.class).warn("{}", e.toString());
    }
  }
}
