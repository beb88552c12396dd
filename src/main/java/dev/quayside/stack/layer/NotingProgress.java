package dev.quayside.stack.layer;

import dev.quayside.common.ProcessIdentity;
import dev.quayside.common.ProcessNote;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Hands everything on and notes which process Compose is, so that a later start finds it if it
 * outlives this one.
 *
 * @param to who listens
 * @param note where
 * @param boundary told when it runs
 * @param step which step that is
 */
record NotingProgress(Progress to, ProcessNote note, StepBoundary boundary, String step)
    implements Progress {

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
    try {
      note.write(identity);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    boundary.reached(step);
  }

  @Override
  public boolean cancelled() {
    return to.cancelled();
  }
}
