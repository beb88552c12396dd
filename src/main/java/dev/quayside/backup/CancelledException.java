package dev.quayside.backup;

import java.io.IOException;

/** Tells that the operator asked to stop. */
final class CancelledException extends IOException {

  private static final long serialVersionUID = 1L;

  CancelledException() {
    super("cancelled");
  }
}
