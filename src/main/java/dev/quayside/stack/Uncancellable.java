package dev.quayside.stack;

import dev.quayside.common.ProcessIdentity;
import dev.quayside.common.Progress;

/**
 * Hands everything on but the wish to stop, for what must not be cut off in its middle. Safe for
 * use by several threads.
 *
 * @param to who listens
 */
record Uncancellable(Progress to) implements Progress {

  @Override
  public void step(int number, int total, String text) {
    to.step(number, total, text);
  }

  @Override
  public void bytes(long done, long total) {
    to.bytes(done, total);
  }

  @Override
  public void line(String text) {
    to.line(text);
  }

  @Override
  public void child(ProcessIdentity identity) {
    to.child(identity);
  }

  @Override
  public boolean cancelled() {
    return false;
  }
}
