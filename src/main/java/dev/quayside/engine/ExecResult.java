package dev.quayside.engine;

/**
 * Tells how a command inside a container ended.
 *
 * @param exitCode its exit status, from the engine's own inspection of the finished command
 * @param errorOutput the first 64 KiB of standard error; foreign text that may hold secrets the
 *     command printed
 * @param errorsCut whether there was more
 */
public record ExecResult(int exitCode, String errorOutput, boolean errorsCut) {

  /** Leaves out the error output, which may hold a secret. */
  @Override
  public String toString() {
    return "ExecResult(" + exitCode + ")";
  }

  /** Returns whether the command ended with status 0. */
  public boolean succeeded() {
    return exitCode == 0;
  }
}
