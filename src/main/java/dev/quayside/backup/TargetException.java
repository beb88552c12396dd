package dev.quayside.backup;

import java.io.IOException;

/**
 * Tells that writing failed on our side: a full disk, a missing permission, a device that went
 * away.
 */
final class TargetException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean gone;

  TargetException(IOException cause) {
    this(cause, false);
  }

  TargetException(IOException cause, boolean gone) {
    super(cause.toString(), cause);
    this.gone = gone;
  }

  /** Returns whether the folder that was written to is not there any more. */
  boolean gone() {
    return gone;
  }
}
