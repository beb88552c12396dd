package dev.quayside.engine.compose;

/**
 * Tells how a run of Compose ended.
 *
 * @param exitCode its exit status
 * @param lastLines the last lines it printed, redacted
 */
public record ComposeRun(int exitCode, String lastLines) {

  /** Returns whether it ended with status 0. */
  public boolean succeeded() {
    return exitCode == 0;
  }
}
