package dev.quayside.engine.socket;

import java.io.IOException;
import java.time.Duration;

/** Tells that a call was not answered in its time. */
final class DeadlineException extends IOException {

  private static final long serialVersionUID = 1L;

  DeadlineException(Duration deadline) {
    super("no answer within " + deadline.toMillis() + " ms");
  }
}
