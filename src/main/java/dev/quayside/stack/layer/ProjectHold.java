package dev.quayside.stack.layer;

import dev.quayside.common.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Keeps all others of us, in this process and in any other one, from changing the containers of a
 * project until it is closed. May be closed more than once, and by any thread.
 */
public final class ProjectHold implements AutoCloseable {

  private final String project;
  private final ProcessLock lock;

  ProjectHold(String project, ProcessLock lock) {
    this.project = project;
    this.lock = lock;
  }

  /** Throws if this does not hold {@code other}: a mistake of ours. */
  void require(String other) {
    if (!project.equals(other)) {
      throw new IllegalStateException("the hold is on another project");
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
