package dev.quayside.common;

/**
 * Receives the progress of a long operation and tells it whether to stop. Methods may be called
 * from any thread and return at once.
 */
public interface Progress {

  /**
   * Reports that step {@code number} of {@code total} (both from 1) began; {@code text} is a short
   * line for people.
   */
  void step(int number, int total, String text);

  /** Reports a determinate amount inside the current step, in bytes. */
  void bytes(long done, long total);

  /** Reports a live line, for example of a child process; already redacted. */
  void line(String text);

  /** Reports that a child process began to work for the operation, before it has done anything. */
  default void child(ProcessIdentity identity) {}

  /**
   * Returns whether the operator asked to stop; operations look between steps and say what was left
   * behind.
   */
  boolean cancelled();

  /** Returns a progress that listens to nobody and is never cancelled. */
  static Progress none() {
    return new Progress() {
      @Override
      public void step(int number, int total, String text) {}

      @Override
      public void bytes(long done, long total) {}

      @Override
      public void line(String text) {}

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }
}
