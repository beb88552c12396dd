package dev.quayside.cli;

import dev.quayside.common.Progress;
import dev.quayside.common.Quantities;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes progress as lines on standard error; Ctrl+C asks the operation to stop between its steps.
 */
final class LineProgress implements Progress {

  private static final long BETWEEN_LINES = 1_000_000_000L;

  private final Terminal terminal;
  private final AtomicBoolean stopped;
  private long lastLine = System.nanoTime() - BETWEEN_LINES;

  LineProgress(Terminal terminal, AtomicBoolean stopped) {
    this.terminal = terminal;
    this.stopped = stopped;
  }

  @Override
  public void step(int number, int total, String text) {
    terminal.note("[" + number + "/" + total + "] " + text);
  }

  @Override
  public synchronized void bytes(long done, long total) {
    long now = System.nanoTime();
    if (now - lastLine >= BETWEEN_LINES) {
      lastLine = now;
      terminal.note(
          "      " + Quantities.bytes(done) + (total > 0 ? " / " + Quantities.bytes(total) : ""));
    }
  }

  @Override
  public void line(String text) {
    terminal.note("      " + text);
  }

  @Override
  public boolean cancelled() {
    return stopped.get();
  }
}
