package dev.quayside.backup;

import java.io.IOException;

/** Tells that the operator asked to stop. */
public final class CancelledException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public CancelledException() {
    super("cancelled");
  }
}
