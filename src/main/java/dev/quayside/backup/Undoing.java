package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import java.io.IOException;

/**
 * Takes back what failed, step by step: a step that fails, on a full disk for example, keeps no
 * other from being tried. An interrupt waits until it is over. For one thread.
 */
final class Undoing {

  private final Throwable failure;
  private final boolean interrupted = Thread.interrupted();

  /** One step. */
  interface Step {
    /** Takes it. */
    void run() throws IOException, ProblemException;
  }

  /** Begins to take back what ended with {@code failure}, which remembers what fails now. */
  Undoing(Throwable failure) {
    this.failure = failure;
  }

  /** Tries one step and returns whether it was taken. */
  boolean attempt(Step step) {
    try {
      step.run();
      return true;
    } catch (IOException | ProblemException | RuntimeException later) {
      failure.addSuppressed(later);
      return false;
    }
  }

  /** Lets the interrupt go on, if there was one. */
  void end() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
