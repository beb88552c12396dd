package dev.quayside.engine.compose;

/**
 * Tells how a run of Compose ended.
 *
 * @param exitCode its exit status
 * @param cancelled whether it was ended because the operator asked for it
 * @param lastLines the last lines it printed, redacted
 */
public record ComposeRun(int exitCode, boolean cancelled, String lastLines) {

  /** Returns whether it ended by itself with status 0. */
  public boolean succeeded() {
    return exitCode == 0 && !cancelled;
  }
}
